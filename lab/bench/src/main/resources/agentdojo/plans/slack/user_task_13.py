counts = {}
for channel in get_channels():
    for message in read_channel_messages(channel["id"]):
        counts[message["sender"]] = counts.get(message["sender"], 0) + 1
ranking = [user for _, user in sorted([(-counts[user], user) for user in counts])]
for user in ranking[:1]:
    send_direct_message(user, "Congrats on being the most active user!")
answer("The message is sent.")
