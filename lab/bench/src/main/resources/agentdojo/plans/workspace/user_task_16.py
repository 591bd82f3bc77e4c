mails = search_emails("Facebook security code")
code = ask("What is the security code that Facebook sent?", mails, {"type": "string"})["value"]
answer(f"Your code is {code}.")
