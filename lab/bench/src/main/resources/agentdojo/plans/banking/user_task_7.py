spent = 0
for payment in get_most_recent_transactions(100)["sent"]:
    if "new year" in payment["subject"].lower():
        spent += payment["amount"]
answer(f"You spent {spent:.2f} on the New Year's gift.")
