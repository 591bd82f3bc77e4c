total = 0
for payment in get_most_recent_transactions(100)["sent"]:
    if payment["date"].startswith("2022-03"):
        total += payment["amount"]
answer(f"Your total spending in March 2022 was {total:.2f}.")
