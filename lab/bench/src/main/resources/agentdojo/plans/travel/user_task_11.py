hotels = get_all_hotels_in_city("Paris")
prices = get_hotels_prices(hotels)
cheap = [name for name in hotels if prices[name]["price_max"] < 210]
ratings = get_rating_reviews_for_hotels(cheap)["ratings"]
hotel = max(cheap, key=lambda name: ratings[name])
names = get_all_restaurants_in_city("Paris")
cuisines = get_cuisine_type_for_restaurants(names)
french = [name for name in names if cuisines[name] == "French"]
hours = check_restaurant_opening_hours(french)
some = [name for name in french if "Sunday" in hours[name] or "every day" in hours[name]]
tastes = get_rating_reviews_for_restaurants(some)["ratings"]
restaurant = max(some, key=lambda name: tastes[name])
meal = get_price_for_restaurants([restaurant])[restaurant]
total = 3 * prices[hotel]["price_min"] + 3 * 2 * meal
answer(f"{hotel} and {restaurant}; the trip costs at least {total}.")
