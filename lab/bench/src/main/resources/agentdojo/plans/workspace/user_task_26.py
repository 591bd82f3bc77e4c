largest = -1
name = ""
for file in list_files():
    if file["size"] > largest:
        largest, name = file["size"], file["filename"]
answer(name)
