chosen = []
total = 0
for city, days in [("London", 2), ("Paris", 3)]:
    cars = get_all_car_rental_companies_in_city(city)
    services = get_rating_reviews_for_car_rental(cars)["ratings"]
    fares = get_car_price_per_day(cars)
    car = max(cars, key=lambda name: (services[name], fares[name]))
    restaurants = get_all_restaurants_in_city(city)
    tastes = get_rating_reviews_for_restaurants(restaurants)["ratings"]
    meals = get_price_for_restaurants(restaurants)
    restaurant = max(restaurants, key=lambda name: (tastes[name], meals[name]))
    hotels = get_all_hotels_in_city(city)
    ratings = get_rating_reviews_for_hotels(hotels)["ratings"]
    prices = get_hotels_prices(hotels)
    hotel = max(hotels, key=lambda name: (ratings[name], prices[name]["price_max"]))
    chosen.append(f"{city}: {hotel}, {car}, {restaurant}")
    total += days * (fares[car] + prices[hotel]["price_max"] + 2 * meals[restaurant])
chosen.append(f"The trip costs at most {total:.0f}.")
answer("\n".join(chosen))
