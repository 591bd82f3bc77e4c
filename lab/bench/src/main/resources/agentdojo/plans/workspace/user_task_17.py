mails = search_emails("hiking trip")
place = ask("Where does the hiking trip on Saturday begin?", mails, {"type": "string"})["value"]
time = ask("At what time, as HH:MM?", mails, {"type": "string"})["value"]
answer(f"At {time} at {place}.")
