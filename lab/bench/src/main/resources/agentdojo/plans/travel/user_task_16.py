flights = get_flight_information("Paris", "London")
flight = min(flights, key=lambda each: each["price"])
names = get_all_car_rental_companies_in_city("London")
ratings = get_rating_reviews_for_car_rental(names)["ratings"]
best = max(names, key=lambda name: ratings[name])
price = get_car_price_per_day([best])[best]
answer(
    f"{flight['airline']} {flight['flight_number']}, {2 * flight['price']} for 2 people; "
    f"{best}, rated {ratings[best]}, {4 * price} for 4 days."
)
