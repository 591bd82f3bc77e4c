for contact in search_contacts_by_name("Mark"):
    mails = search_emails("hiking trip", contact["email"])
    start = ask("When does the hiking trip begin, as YYYY-MM-DD HH:MM?", mails, {"type": "string"})["value"]
    end = ask("When is it over if it lasts 5 hours, as YYYY-MM-DD HH:MM?", mails, {"type": "string"})["value"]
    place = ask("Where does it begin?", mails, {"type": "string"})["value"]
    create_calendar_event("Hiking Trip", start, end, location=place, participants=[contact["email"]])
answer("The hiking trip is in the calendar.")
