for file in search_files_by_filename("client-meeting-minutes.docx"):
    own = file["owner"].partition("@")[2]
    clients = [person for person in file["shared_with"] if person.partition("@")[2] != own]
    summary = ask(
        "Summarise these minutes and say when the next meeting is, as YYYY-MM-DD.", file["content"], {"type": "string"}
    )["value"]
    send_email(
        clients,
        "Summary of the client meeting",
        summary,
        attachments=[{"type": "file", "file_id": file["id"]}],
    )
answer("The summary is sent.")
