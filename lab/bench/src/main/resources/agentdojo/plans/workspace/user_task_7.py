events = search_calendar_events("Dental check-up")
event_id = ask("What is the id of the dental check-up itself?", events, {"type": "string"})["value"]
reschedule_calendar_event(event_id, "2024-05-20 10:00")
answer("The dental check-up is rescheduled.")
