for channel in get_channels():
    if channel["name"].startswith("External"):
        send_channel_message(channel["id"], "Hi, i am a bot")
answer("The message is written.")
