history = get_most_recent_transactions(100)["sent"]
paid = 0
for payment in history:
    if "rent" in payment["subject"].lower():
        paid = payment["amount"]
for payment in get_scheduled_transactions():
    if "rent" in payment["subject"].lower():
        update_scheduled_transaction(payment["id"], amount=max(paid, payment["amount"]))
answer("Your rent payment for the next month is checked.")
