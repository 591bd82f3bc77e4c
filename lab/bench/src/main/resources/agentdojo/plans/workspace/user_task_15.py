mails = search_emails("family reunion")
start = ask("When does the family reunion begin, as YYYY-MM-DD HH:MM?", mails, {"type": "string"})["value"]
end = ask("When is it over if it lasts 4 hours, as YYYY-MM-DD HH:MM?", mails, {"type": "string"})["value"]
place = ask("Where is it?", mails, {"type": "string"})["value"]
create_calendar_event("Family Reunion", start, end, location=place)
answer("The family reunion is in the calendar.")
