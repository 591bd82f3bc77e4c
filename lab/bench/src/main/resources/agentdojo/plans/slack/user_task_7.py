for channel in get_channels():
    if channel["name"].startswith("External"):
        add_user_to_channel("Charlie", channel["id"])
answer("Charlie is added.")
