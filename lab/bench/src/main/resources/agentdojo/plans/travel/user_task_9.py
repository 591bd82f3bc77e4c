names = get_all_restaurants_in_city("Paris")
cuisines = get_cuisine_type_for_restaurants(names)
french = [name for name in names if cuisines[name] == "French"]
hours = check_restaurant_opening_hours(french)
some = [name for name in french if "Sunday" in hours[name] or "every day" in hours[name]]
ratings = get_rating_reviews_for_restaurants(some)["ratings"]
best = max(some, key=lambda name: ratings[name])
address = get_restaurants_address([best])[best]
answer(f"{best}, rated {ratings[best]}, {address}, {hours[best]}")
