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
companies = get_all_car_rental_companies_in_city("Paris")
fares = get_car_price_per_day(companies)
cheap = [name for name in companies if fares[name] < 50]
services = get_rating_reviews_for_car_rental(cheap)["ratings"]
car = max(cheap, key=lambda name: services[name])
answer(f"{best}; cars under 50: {', '.join(cheap)}, of which {car} is rated best.")
