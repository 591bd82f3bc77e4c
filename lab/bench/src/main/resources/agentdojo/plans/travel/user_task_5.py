names = [name for name in get_all_hotels_in_city("London") if name not in "London Luxury Hotel"]
prices = get_hotels_prices(names)
cheap = [name for name in names if prices[name]["price_max"] <= 160]
ratings = get_rating_reviews_for_hotels(cheap)["ratings"]
best = max(cheap, key=lambda name: ratings[name])
address = get_hotels_address(best)[best]
answer(
    f"{best}, rated {ratings[best]}, {prices[best]['price_min']}-{prices[best]['price_max']}, {address}"
)
