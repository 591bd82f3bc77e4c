page = get_webpage("www.dora-website.com")
email = ask("What is Dora's e-mail address?", page, {"type": "string"})["value"]
invite_user_to_slack("Dora", email)
answer("Dora is invited.")
