# Orders by several keys, and the best of each customer.
rows = orders()
mark()
by_price = sorted(rows, key=lambda row: (-row["price"], row["id"]))
by_name = sorted(rows, key=lambda row: row["customer"])
best = {}
for row in by_price:
    if row["customer"] not in best:
        best[row["customer"]] = row["id"]
top = [row["id"] for row in by_price[:50]]
names = [row["customer"] for row in by_name]
mark()
tell(f"{top[0]} {len(best)} {names[0]}")
