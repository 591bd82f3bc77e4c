events = get_day_calendar_events("2024-05-15")
lunch = ""
for event in events:
    if "lunch with sarah" in event["title"].lower():
        lunch = event["start_time"]
before = ""
for event in events:
    if before < event["end_time"] <= lunch:
        before = event["end_time"]
minutes = int(lunch[11:13]) * 60 + int(lunch[14:16]) - int(before[11:13]) * 60 - int(before[14:16])
answer(f"{minutes // 60:02d}:{minutes % 60:02d}")
