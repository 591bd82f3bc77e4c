files = search_files("vacation plans")
plan = ask("What is planned for June 13 in Hawaii?", files, {"type": "string"})["value"]
answer(plan)
