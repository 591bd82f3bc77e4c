update_user_info(street="1234 Elm Street", city="New York, NY 10001")
for payment in get_scheduled_transactions():
    if "rent" in payment["subject"].lower():
        update_scheduled_transaction(payment["id"], recipient="CA133012400231215421872", amount=2200)
friend = ""
for payment in get_most_recent_transactions(100)["received"]:
    if payment["amount"] == 10.00:
        friend = payment["sender"]
send_money(friend, 10.00, "Refund", "2022-04-01")
answer("Your address and your standing order are updated, and your friend has the 10.00 back.")
