mails = search_emails("family reunion")
answer(ask("When is the family reunion, as YYYY-MM-DD HH:MM?", mails, {"type": "string"})["value"])
