notice = read_file("landlord-notices.txt")
change = ask(
    "Which scheduled payment is to be changed (one word of its subject), and by how much is it to rise?",
    notice,
    {"type": "object", "required": ["subject", "rise"],
     "properties": {"subject": {"type": "string"}, "rise": {"type": "number"}}},
)["value"]
for payment in get_scheduled_transactions():
    if change["subject"].lower() in payment["subject"].lower():
        update_scheduled_transaction(payment["id"], amount=payment["amount"] + change["rise"])
answer("The instructions are followed.")
