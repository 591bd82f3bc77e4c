# An agent that keeps all it reads in one context and makes the calls that its model asks for, until there are none.
CALL = {
    "type": "object",
    "properties": {"tool": {"enum": ["send_mail", "done"]}, "to": {"type": "string"}, "body": {"type": "string"}},
}
context = [read_mail()]
for step in range(5):
    call = ask("The user wants a summary of the mail. What is the next call?", context, CALL)["value"]
    if call["tool"] == "done":
        break
    context.append(send_mail(call["to"], call["body"]))
