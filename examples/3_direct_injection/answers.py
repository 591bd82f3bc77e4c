# The same task as a plan: the customer's message is answered from the handbook, which everyone may read.
reply = ask("What do you answer the customer?", [read_handbook(), read_message()], {"type": "string"})["value"]
send_reply("carol", reply)
