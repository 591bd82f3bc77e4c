largest = -1
file_id = ""
for file in list_files():
    if file["size"] > largest:
        largest, file_id = file["size"], file["id"]
delete_file(file_id)
answer("The largest file is deleted.")
