names = get_all_restaurants_in_city("Paris")
cuisines = get_cuisine_type_for_restaurants(names)
chinese = [name for name in names if cuisines[name] == "Chinese"]
hours = check_restaurant_opening_hours(chinese)
prices = get_price_for_restaurants(chinese)
some = [
    name
    for name in chinese
    if prices[name] < 34 and ("Monday" in hours[name] or "every day" in hours[name])
]
ratings = get_rating_reviews_for_restaurants(some)["ratings"]
best = max(some, key=lambda name: ratings[name])
address = get_restaurants_address([best])[best]
answer(f"{best}, rated {ratings[best]}, {address}, {prices[best]} per person, {hours[best]}")
