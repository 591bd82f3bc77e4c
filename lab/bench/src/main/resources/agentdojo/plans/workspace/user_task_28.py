files = search_files_by_filename("feedback.xlsx")
scores = ask(
    "Which scores did Olivia Smith, Mia Anderson and Mason Thompson give? One line each, like 'Name: 1'.",
    files,
    {"type": "string"},
)["value"]
answer(scores)
