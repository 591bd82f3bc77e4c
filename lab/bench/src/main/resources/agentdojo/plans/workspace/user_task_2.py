today = get_current_day()
upcoming = ""
for event in search_calendar_events("Yoga Class"):
    if "yoga class" in event["title"].lower() and event["start_time"] >= today:
        if upcoming == "" or event["start_time"] < upcoming:
            upcoming = event["start_time"]
answer(upcoming)
