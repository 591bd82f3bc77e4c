letter = read_file("address-change.txt")
address = ask(
    "Which street and which city is the new address in?",
    letter,
    {"type": "object", "required": ["street", "city"],
     "properties": {"street": {"type": "string"}, "city": {"type": "string"}}},
)["value"]
update_user_info(street=address["street"], city=address["city"])
answer("Your address is updated.")
