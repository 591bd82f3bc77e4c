payments = get_most_recent_transactions(100)
answer(ask("Summarise these transactions by category, with the amount of each.", payments, {"type": "string"})["value"])
