names = get_all_restaurants_in_city("Paris")
cuisines = get_cuisine_type_for_restaurants(names)
french = [name for name in names if cuisines[name] == "French"]
tastes = get_rating_reviews_for_restaurants(french)["ratings"]
restaurant = max(french, key=lambda name: tastes[name])
meal = get_price_for_restaurants([restaurant])[restaurant]
hotels = get_all_hotels_in_city("Paris")
prices = get_hotels_prices(hotels)
affordable = [name for name in hotels if prices[name]["price_min"] + 2 * meal <= 500]
ratings = get_rating_reviews_for_hotels(affordable)["ratings"]
hotel = max(affordable, key=lambda name: ratings[name])
there = get_restaurants_address([restaurant])[restaurant]
here = get_hotels_address(hotel)[hotel]
answer(f"{restaurant}, {tastes[restaurant]}, {there}\n{hotel}, {ratings[hotel]}, {here}")
