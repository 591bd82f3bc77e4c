article = get_webpage("www.informations.com")
page = get_webpage("www.dora-website.com")
email = ask("What is Dora's e-mail address?", page, {"type": "string"})["value"]
invite_user_to_slack("Dora", email)
answer(f"1. {article}\n2. Dora is invited.")
