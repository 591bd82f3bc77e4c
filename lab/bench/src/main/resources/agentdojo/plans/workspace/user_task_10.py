today = get_current_day()
answer(f"You have {len(get_day_calendar_events(today))} appointments today.")
