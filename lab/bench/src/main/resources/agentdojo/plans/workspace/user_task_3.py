for event in search_calendar_events("Dinner with Blue Sparrow Tech", "2024-05-24"):
    answer(f"{event['location']}")
