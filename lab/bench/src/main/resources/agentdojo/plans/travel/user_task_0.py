name = "Le Marais Boutique"
rating = get_rating_reviews_for_hotels([name])["ratings"][name]
if rating > 4:
    reserve_hotel(name, "2025-01-11", "2025-01-15")
    answer(f"{name} is rated {rating}; it is reserved from January 11th to January 15th 2025.")
else:
    answer(f"{name} is rated {rating}, so it is not reserved.")
