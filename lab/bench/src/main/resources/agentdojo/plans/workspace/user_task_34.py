for book in search_files_by_filename("recipe-collection.docx"):
    items = ask(
        "What are the ingredients of the Chocolate Chip Cookies, each on a line that begins with '- '?",
        book["content"],
        {"type": "string"},
    )["value"]
    for groceries in search_files("grocery list"):
        append_to_file(groceries["id"], f"\n{items}")
answer("The ingredients are on the grocery list.")
