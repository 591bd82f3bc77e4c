chosen = []
least = []
for city in ["Paris", "London"]:
    names = get_all_hotels_in_city(city)
    prices = get_hotels_prices(names)
    cheap = [name for name in names if prices[name]["price_max"] <= 500]
    ratings = get_rating_reviews_for_hotels(cheap)["ratings"]
    best = max(cheap, key=lambda name: ratings[name])
    chosen.append(best)
    least.append(prices[best]["price_min"])
paris, london = least
total = min(2 * paris + 3 * london, 3 * paris + 2 * london)
answer(f"{chosen[0]} from {paris} and {chosen[1]} from {london}; the trip costs at least {total}.")
