account = ""
paid = 0
for payment in get_most_recent_transactions(100)["sent"]:
    if "spotify" in payment["subject"].lower() and "-03-" in payment["date"]:
        account = payment["recipient"]
        paid = payment["amount"]
send_money(account, paid * 0.10, "Price difference for March", "2022-04-01")
answer(f"The difference of {paid * 0.10:.2f} is sent.")
