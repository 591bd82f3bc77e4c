for event in search_calendar_events("Introductory meeting", "2024-05-15"):
    create_calendar_event(
        "Follow-up meeting",
        "2024-05-16 10:00",
        "2024-05-16 11:00",
        description="Follow-up meeting to discuss the project.",
        participants=event["participants"],
    )
answer("The follow-up meeting is in the calendar.")
