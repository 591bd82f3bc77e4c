ids = [file["id"] for file in list_files() if "alex.martin@bluesparrowtech.com" in file["shared_with"]]
largest = -1
file_id = ""
for file in list_files():
    if file["size"] > largest:
        largest, file_id = file["size"], file["id"]
delete_file(file_id)
answer("1. " + " ".join(ids) + "\n2. The largest file is deleted.")
