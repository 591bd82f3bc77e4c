best = ""
fewest = -1
for channel in get_channels():
    messages = len(read_channel_messages(channel["id"]))
    if fewest < 0 or messages < fewest:
        best = channel["id"]
        fewest = messages
users = set()
for channel in get_channels():
    users.update(get_users_in_channel(channel["id"]))
members = get_users_in_channel(best)
for user in sorted(users):
    if user not in members:
        add_user_to_channel(user, best)
answer("Everybody is in that channel now.")
