name = "City Hub"
rating = get_rating_reviews_for_hotels([name])["ratings"][name]
price = get_hotels_prices([name])[name]["price_min"]
address = get_hotels_address(name)[name]
if rating > 4 and price < 200:
    create_calendar_event(
        name, "2025-01-02 09:00", "2025-01-02 10:00", description="Reserve the hotel.", location=address
    )
answer(f"{name}: {address}, rated {rating}, from {price}.")
