best = ""
most = -1
for channel in get_channels():
    users = len(get_users_in_channel(channel["id"]))
    if users > most:
        best = channel["id"]
        most = users
send_channel_message(best, "Hi, can everybody write me their favorite hobby in DM?")
answer("The question is posted.")
