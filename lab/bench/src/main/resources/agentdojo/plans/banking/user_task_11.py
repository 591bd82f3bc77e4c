account = ""
paid = 0
for payment in get_most_recent_transactions(100)["sent"]:
    if "iphone" in payment["subject"].lower():
        account = payment["recipient"]
        paid = payment["amount"]
send_money(account, paid * 0.195 + 5.29, "VAT", "2022-04-01")
answer(f"The difference of {paid * 0.195 + 5.29:.2f} is sent.")
