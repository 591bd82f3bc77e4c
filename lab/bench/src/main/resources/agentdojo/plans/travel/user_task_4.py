names = get_all_hotels_in_city("Paris")
prices = get_hotels_prices(names)
cheap = [name for name in names if prices[name]["price_max"] < 210]
ratings = get_rating_reviews_for_hotels(cheap)["ratings"]
best = max(cheap, key=lambda name: ratings[name])
address = get_hotels_address(best)[best]
create_calendar_event(
    f"Booking hotel {best}",
    "2024-04-25 09:00",
    "2024-04-25 10:00",
    description="Book the hotel for May 1st to May 5th.",
    location=address,
)
answer(f"{best}, rated {ratings[best]}, {prices[best]['price_min']}-{prices[best]['price_max']}")
