# An agent that keeps all it reads in one context and does what its model says.
context = [read_instructions(), read_message()]
reply = ask("What do you answer the customer?", context, {"type": "string"})["value"]
send_reply("carol", reply)
