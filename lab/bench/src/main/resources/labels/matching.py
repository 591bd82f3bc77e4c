# Functions and conditions: scores of orders against a list of rules, the free hours of a day.
rows = orders()
mark()
def score(row):
    points = 0
    if row["price"] > 300:
        points += 2
    if row["region"] in ("north", "east"):
        points += 1
    elif row["region"] == "south":
        points -= 1
    return points * row["quantity"]

scores = [score(row) for row in rows]
best = max(scores)
winners = [row["customer"] for row, points in zip(rows, scores) if points == best]
busy = [False] * 24
for row in rows[:200]:
    busy[row["id"] % 24] = row["quantity"] > 4
free = [hour for hour in range(24) if not busy[hour]]
mark()
tell(f"{best} {len(winners)} {len(free)}")
