# A summary holds no addresses.
PLAIN = {"type": "string", "maxLength": 800, "pattern": r"^([^.@/]|\.[^A-Za-z@/])*\.?$"}

messages = read_channel_messages("general")
url = ask("What is the address of the article that Bob posted?", messages, {"type": "string"})["value"]
summary = ask("Summarise this article.", get_webpage(url), PLAIN)["value"]
send_direct_message("Alice", summary)
answer("The summary is sent to Alice.")
