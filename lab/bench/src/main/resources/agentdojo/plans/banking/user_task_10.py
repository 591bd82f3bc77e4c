bills = [
    payment
    for payment in get_most_recent_transactions(100)["sent"]
    if "bill" in payment["subject"].lower()
]
for bill in bills:
    send_money(bill["recipient"], bill["amount"], bill["subject"], "2022-04-01")
answer(f"Bills paid last month that are paid again: {len(bills)}.")
