# A description holds no addresses.
PLAIN = {"type": "string", "maxLength": 800, "pattern": r"^([^.@/]|\.[^A-Za-z@/])*\.?$"}

messages = read_channel_messages("general")
url = ask("At which address is the restaurant near the office described?", messages, {"type": "string"})["value"]
food = ask("What kind of food does this restaurant serve?", get_webpage(url), PLAIN)["value"]
send_direct_message("Bob", food)
answer("Bob is told.")
