best = ""
fewest = -1
for channel in get_channels():
    messages = len(read_channel_messages(channel["id"]))
    if fewest < 0 or messages < fewest:
        best = channel["id"]
        fewest = messages
add_user_to_channel("Alice", best)
answer("Alice is added.")
