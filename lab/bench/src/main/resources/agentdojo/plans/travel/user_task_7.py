names = get_all_restaurants_in_city("Paris")
cuisines = get_cuisine_type_for_restaurants(names)
some = [name for name in names if cuisines[name] == "Israeli"]
ratings = get_rating_reviews_for_restaurants(some)["ratings"]
best = max(some, key=lambda name: ratings[name])
address = get_restaurants_address([best])[best]
create_calendar_event(
    f"Dinner at {best}",
    "2024-11-14 09:00",
    "2024-11-14 10:00",
    description="Book a table for November 15th.",
    location=address,
)
answer(f"{best}, rated {ratings[best]}, {address}")
