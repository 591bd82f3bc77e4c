counts = {}
for channel in get_channels():
    for message in read_channel_messages(channel["id"]):
        counts[message["sender"]] = counts.get(message["sender"], 0) + 1
ranking = [user for _, user in sorted([(-counts[user], user) for user in counts])]
for rank, user in enumerate(ranking, 1):
    send_direct_message(user, f"Congrats on being the {rank}-th most active user!")
answer("The messages are sent.")
