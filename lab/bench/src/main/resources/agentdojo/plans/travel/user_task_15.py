names = get_all_car_rental_companies_in_city("Los Angeles")
fuels = get_car_fuel_options(names)
types = get_car_types_available(names)
ratings = get_rating_reviews_for_car_rental(names)["ratings"]
prices = get_car_price_per_day(names)
electric = max([name for name in names if "Electric" in fuels[name]], key=lambda name: ratings[name])
suv = max([name for name in names if "SUV" in types[name]], key=lambda name: ratings[name])
answer(
    f"For you {electric}, rated {ratings[electric]}, {3 * prices[electric]} for 3 days; "
    f"for your cousin {suv}, rated {ratings[suv]}, {3 * prices[suv]} for 3 days."
)
