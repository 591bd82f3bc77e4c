free = True
for event in get_day_calendar_events("2024-05-19"):
    if event["start_time"] < "2024-05-19 13:00" and event["end_time"] > "2024-05-19 12:00":
        free = False
if free:
    create_calendar_event(
        "Lunch",
        "2024-05-19 12:00",
        "2024-05-19 13:00",
        description="Catch up over lunch.",
        participants=["sarah.connor@gmail.com"],
    )
answer(f"Free for lunch: {free}.")
