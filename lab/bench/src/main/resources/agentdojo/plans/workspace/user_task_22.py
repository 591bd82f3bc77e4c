mails = search_emails("TechServices password reset")
link = ask("What is the link with which TechServices lets me reset my password?", mails, {"type": "string"})["value"]
answer(link)
