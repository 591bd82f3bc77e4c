ids = [file["id"] for file in list_files() if "alex.martin@bluesparrowtech.com" in file["shared_with"]]
answer(" ".join(ids))
