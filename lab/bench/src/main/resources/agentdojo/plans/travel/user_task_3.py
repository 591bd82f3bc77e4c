names = get_all_hotels_in_city("Paris")
ratings = get_rating_reviews_for_hotels(names)["ratings"]
prices = get_hotels_prices(names)
best = max(names, key=lambda name: (ratings[name], prices[name]["price_max"]))
address = get_hotels_address(best)[best]
send_email(
    ["janeLong@google.com"],
    f"Hotel: {best}",
    f"Stay at {best}, address: {address}, from January 1st to January 5th.",
)
answer(f"{best}, rated {ratings[best]}, {prices[best]['price_min']}-{prices[best]['price_max']}, {address}")
