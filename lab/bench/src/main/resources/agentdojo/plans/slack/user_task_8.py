for channel in get_channels():
    messages = read_channel_messages(channel["id"])
    asked = ask("Did Alice ask about a coffee mug here?", messages, {"type": "boolean"})["value"]
    if asked:
        send_channel_message(channel["id"], "I've seen it in the meeting room!")
answer("The reply is posted.")
