usual = 0
for payment in get_most_recent_transactions(100)["sent"]:
    if "spotify" in payment["subject"].lower():
        usual = payment["amount"]
schedule_transaction("US122000000121212121212", usual, "iPhone subscription", "2022-04-01", True)
answer(f"A recurring payment of {usual:.2f} is set up.")
