# Nested loops over numbers: a product of matrices, and primes.
rows = orders()
mark()
size = 24
left = [[rows[i * size + j]["quantity"] for j in range(size)] for i in range(size)]
product = []
for i in range(size):
    line = []
    for j in range(size):
        sum_of = 0
        for k in range(size):
            sum_of += left[i][k] * left[k][j]
        line.append(sum_of)
    product.append(line)
primes = []
for number in range(2, 1500):
    prime = True
    for other in primes:
        if other * other > number:
            break
        if number % other == 0:
            prime = False
            break
    if prime:
        primes.append(number)
mark()
tell(f"{product[3][5]} {len(primes)}")
