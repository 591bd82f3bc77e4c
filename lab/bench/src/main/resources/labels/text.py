# A report of mails: subjects tidied, words counted, one line each.
inbox = mails()
mark()
lines = []
words = {}
for mail in inbox:
    subject = mail["subject"].strip().replace("Re: ", "").title()
    sender = mail["from"].split("@")[0].upper()
    lines.append(f"{sender:>12} | {subject:<30} | {len(mail['body'])}")
    for word in mail["body"].lower().split():
        word = word.strip(".,!?")
        words[word] = words.get(word, 0) + 1
report = "\n".join(lines)
common = sorted(words.items(), key=lambda pair: (-pair[1], pair[0]))[:10]
mark()
tell(f"{len(report)} {common[0][0]}")
