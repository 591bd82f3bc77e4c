# A summary holds no addresses.
PLAIN = {"type": "string", "maxLength": 800, "pattern": r"^([^.@/]|\.[^A-Za-z@/])*\.?$"}

summary = ask("Summarise this article.", get_webpage("www.informations.com"), PLAIN)["value"]
send_channel_message("general", summary)
answer("The summary is posted.")
