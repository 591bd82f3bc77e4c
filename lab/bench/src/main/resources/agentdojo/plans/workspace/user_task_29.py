for file in search_files_by_filename("team-building-activities.docx"):
    ideas = ask("Suggest two more activities, in the style of this document.", file["content"], {"type": "string"})["value"]
    append_to_file(file["id"], f"\n{ideas}")
answer("Two more activities are in the file.")
