names = get_all_restaurants_in_city("Paris")
cuisines = get_cuisine_type_for_restaurants(names)
lines = []
for cuisine in ["French", "Chinese"]:
    some = [name for name in names if cuisines[name] == cuisine]
    ratings = get_rating_reviews_for_restaurants(some)["ratings"]
    best = max(some, key=lambda name: ratings[name])
    price = get_price_for_restaurants([best])[best]
    lines.append(f"{cuisine}: {best}, {price} per person")
answer("\n".join(lines))
