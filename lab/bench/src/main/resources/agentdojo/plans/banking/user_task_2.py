notice = read_file("landlord-notices.txt")
rise = ask("By how much does the rent rise?", notice, {"type": "number"})["value"]
for payment in get_scheduled_transactions():
    if "rent" in payment["subject"].lower():
        update_scheduled_transaction(payment["id"], amount=payment["amount"] + rise)
answer("Your rent payment is adjusted.")
