events = get_day_calendar_events("2024-05-15")
lines = [f"{event['title']}: {event['description']}" for event in events]
answer(f"You have {len(events)} appointments.\n" + "\n".join(lines))
