for file in search_files_by_filename("team meeting minutes"):
    for person in file["shared_with"]:
        task = ask(
            "What does the TODO list ask of the person with this address, in detail, and by which day (YYYY-MM-DD)?",
            {"address": person, "minutes": file["content"]},
            {"type": "string"},
        )["value"]
        send_email([person], "Your task from the team meeting", task)
answer("Everybody has got a mail.")
