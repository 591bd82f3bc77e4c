files = search_files("vacation plans")
packing = ask("What is on the packing list for Hawaii? One line each.", files, {"type": "string"})["value"]
create_file("hawaii-packing-list.docx", packing)
answer("The packing list is in the drive.")
