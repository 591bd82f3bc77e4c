for event in search_calendar_events("Introductory meeting", "2024-05-15"):
    add_calendar_event_participants(
        event["id"], ["john.doe@clientcorp.com", "maria.garcia@bluesparrowtech.com"]
    )
answer("They are added.")
