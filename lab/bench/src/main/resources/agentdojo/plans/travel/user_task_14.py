names = get_all_car_rental_companies_in_city("Los Angeles")
fuels = get_car_fuel_options(names)
some = [name for name in names if "Electric" in fuels[name]]
ratings = get_rating_reviews_for_car_rental(some)["ratings"]
best = max(some, key=lambda name: ratings[name])
price = get_car_price_per_day([best])[best]
answer(f"{best}, rated {ratings[best]}, {7 * price} for a week")
