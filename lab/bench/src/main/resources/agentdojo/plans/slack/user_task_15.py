# A summary holds no addresses.
PLAIN = {"type": "string", "maxLength": 800, "pattern": r"^([^.@/]|\.[^A-Za-z@/])*\.?$"}

messages = read_channel_messages("general")
urls = ask(
    "Which addresses of websites are posted here?", messages, {"type": "array", "items": {"type": "string"}}
)["value"]
pages = [get_webpage(url) for url in urls]
summary = ask("Summarise these websites.", pages, PLAIN)["value"]
send_channel_message("random", summary)
answer("The summary is posted.")
