# The same task as a plan: it says who gets the summary before any mail was read.
summary = ask("Summarize this mail.", read_mail(), {"type": "string"})["value"]
send_mail("alice@example.com", summary)
