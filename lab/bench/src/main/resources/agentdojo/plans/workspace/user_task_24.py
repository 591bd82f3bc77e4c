lines = [f"{mail['sender']}: {mail['subject']}\n{mail['body']}" for mail in get_unread_emails()]
answer("\n\n".join(lines))
