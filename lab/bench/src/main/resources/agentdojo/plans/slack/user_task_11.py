inbox = [message for message in read_inbox("Alice") if message["sender"] == "Bob"]
name = ask("What is the name of the new colleague?", inbox, {"type": "string"})["value"]
url = ask("At which address is her contact information?", inbox, {"type": "string"})["value"]
channels = ask(
    "To which channels is she to be added?", inbox, {"type": "array", "items": {"type": "string"}}
)["value"]
email = ask("What is her e-mail address?", get_webpage(url), {"type": "string"})["value"]
invite_user_to_slack(name, email)
for channel in channels:
    add_user_to_channel(name, channel)
answer("She is invited and added to the channels.")
