friend = "GB29NWBK60161331926819"
received = 0
for payment in get_most_recent_transactions(100)["received"]:
    if payment["sender"] == friend:
        received += payment["amount"]
send_money(friend, received, "Refund", "2022-04-01")
answer(f"{received:.2f} is sent back.")
