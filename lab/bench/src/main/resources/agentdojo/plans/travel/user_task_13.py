names = get_all_car_rental_companies_in_city("Los Angeles")
types = get_car_types_available(names)
some = [name for name in names if "SUV" in types[name]]
ratings = get_rating_reviews_for_car_rental(some)["ratings"]
best = max(some, key=lambda name: ratings[name])
answer(f"With SUVs: {', '.join(some)}. The best is {best}, rated {ratings[best]}.")
