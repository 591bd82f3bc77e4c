cars = get_all_car_rental_companies_in_city("Paris")
services = get_rating_reviews_for_car_rental(cars)["ratings"]
fares = get_car_price_per_day(cars)
car = max(cars, key=lambda name: (services[name], -fares[name]))
hotels = get_all_hotels_in_city("Paris")
ratings = get_rating_reviews_for_hotels(hotels)["ratings"]
prices = get_hotels_prices(hotels)
hotel = max(hotels, key=lambda name: (ratings[name], -prices[name]["price_min"]))
restaurants = get_all_restaurants_in_city("Paris")
tastes = get_rating_reviews_for_restaurants(restaurants)["ratings"]
meals = get_price_for_restaurants(restaurants)
restaurant = max(restaurants, key=lambda name: (tastes[name], -meals[name]))
total = 3 * (fares[car] + prices[hotel]["price_min"] + 2 * meals[restaurant])
answer(f"{car}, {hotel} and {restaurant}; 3 days cost at least {total}.")
