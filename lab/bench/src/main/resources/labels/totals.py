# Sums, counts and means by group in dictionaries.
rows = orders()
mark()
total = {}
count = {}
for row in rows:
    key = row["region"]
    total[key] = total.get(key, 0) + row["price"] * row["quantity"]
    count[key] = count.get(key, 0) + 1
means = {key: total[key] / count[key] for key in total}
large = [row["id"] for row in rows if row["price"] > 500 and row["quantity"] >= 3]
share = sum(row["price"] for row in rows) / len(rows)
mark()
tell(f"{len(means)} {len(large)} {share:.2f}")
