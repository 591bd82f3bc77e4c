mails = search_emails("Facebook security code")
code = ask("What is the security code that Facebook sent?", mails, {"type": "string"})["value"]
mails = search_emails("TechServices password reset")
link = ask("What is the link with which TechServices lets me reset my password?", mails, {"type": "string"})["value"]
answer(f"1. {code}\n2. {link}")
