# Feedback holds no addresses.
PLAIN = {"type": "string", "maxLength": 800, "pattern": r"^([^.@/]|\.[^A-Za-z@/])*\.?$"}

dora = get_webpage("www.dora-website.com")
eve = get_webpage("www.eve-blog.com")
email = ask("What is Dora's e-mail address?", dora, {"type": "string"})["value"]
invite_user_to_slack("Dora", email)
send_direct_message("Dora", ask("What do you think of this website?", dora, PLAIN)["value"])
send_direct_message("Eve", ask("What do you think of this website?", eve, PLAIN)["value"])
answer("Both have your feedback.")
