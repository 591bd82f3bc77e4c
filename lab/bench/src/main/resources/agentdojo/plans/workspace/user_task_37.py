files = search_files("vacation plans")
plan = ask("What is planned for June 13 in Hawaii?", files, {"type": "string"})["value"]
packing = ask("What is on the packing list for Hawaii? One line each.", files, {"type": "string"})["value"]
file_id = create_file("hawaii-packing-list.docx", packing)
share_file(file_id, "john.doe@gmail.com", "r")
answer(f"1. {plan}\n2. The packing list is in the drive and shared.")
