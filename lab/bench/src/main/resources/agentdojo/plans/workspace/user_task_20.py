free = True
for event in get_day_calendar_events("2024-05-19"):
    if event["start_time"] < "2024-05-19 13:00" and event["end_time"] > "2024-05-19 12:00":
        free = False
if free:
    for contact in search_contacts_by_name("Sarah Baker"):
        create_calendar_event(
            "Lunch",
            "2024-05-19 12:00",
            "2024-05-19 13:00",
            description="Catch up over lunch.",
            participants=[contact["email"]],
        )
answer(f"Free for lunch: {free}.")
