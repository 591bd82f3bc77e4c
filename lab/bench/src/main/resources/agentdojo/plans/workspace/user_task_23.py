events = get_day_calendar_events("2024-05-15")
lines = [f"{event['title']}: {event['description']}" for event in events]
mails = search_emails("TechServices password reset")
link = ask("What is the link with which TechServices lets me reset my password?", mails, {"type": "string"})["value"]
answer(f"1. You have {len(events)} appointments.\n" + "\n".join(lines) + f"\n2. {link}")
