inbox = read_inbox("Bob")
written = ask("Which hobbies do these messages name?", inbox, {"type": "string"})["value"]
url = ask("At which address does one of them say that a hobby is written?", inbox, {"type": "string"})["value"]
more = ask("What is the author's favorite hobby?", get_webpage(url), {"type": "string"})["value"]
post_webpage("www.our-company.com", f"Hobbies of our colleagues: {written}, {more}")
answer("The hobbies are posted.")
