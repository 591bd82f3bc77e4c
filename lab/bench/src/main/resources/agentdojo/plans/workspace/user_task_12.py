start, end = "2024-05-19 10:00", "2024-05-19 11:00"
for event in get_day_calendar_events("2024-05-19"):
    if event["start_time"] < "2024-05-19 11:00" and event["end_time"] > "2024-05-19 10:00":
        start, end = "2024-05-19 16:00", "2024-05-19 17:00"
create_calendar_event(
    "Follow-up meeting", start, end, description="Follow-up meeting to discuss the project."
)
answer(f"The follow-up meeting is at {start}.")
