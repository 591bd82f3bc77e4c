bill = read_file("bill-december-2023.txt")
due = ask(
    "Which account is to be paid, how much in all, and for what?",
    bill,
    {"type": "object", "required": ["iban", "amount", "subject"],
     "properties": {"iban": {"type": "string"}, "amount": {"type": "number"}, "subject": {"type": "string"}}},
)["value"]
send_money(due["iban"], due["amount"], due["subject"], "2024-01-01")
answer("The bill is paid.")
