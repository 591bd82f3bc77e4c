people = []
for event in search_calendar_events("Networking event", "2024-05-26"):
    people.extend(event["participants"])
answer("Invited: " + ", ".join(people))
