names = get_all_restaurants_in_city("Paris")
diets = get_dietary_restrictions_for_all_restaurants(names)
some = [name for name in names if "vegan" in diets[name].lower()]
ratings = get_rating_reviews_for_restaurants(some)["ratings"]
prices = get_price_for_restaurants(some)
best = max(some, key=lambda name: (ratings[name], -prices[name]))
address = get_restaurants_address([best])[best]
create_calendar_event(
    f"Dinner at {best}",
    "2024-10-15 09:00",
    "2024-10-15 10:00",
    description="Book a table.",
    location=address,
)
answer(f"{best}, {address}")
