package telos.kernel.scheduling;

import java.math.BigInteger;

/** A fraction, exactly. */
record Ratio(BigInteger over, BigInteger under) implements Comparable<Ratio> {
    static Ratio of(long whole) {
        return new Ratio(BigInteger.valueOf(whole), BigInteger.ONE);
    }

    Ratio plus(long over, long under) {
        BigInteger other = BigInteger.valueOf(under);
        return new Ratio(
                        this.over.multiply(other).add(BigInteger.valueOf(over).multiply(this.under)),
                        this.under.multiply(other))
                .reduced();
    }

    private Ratio reduced() {
        BigInteger divisor = over.gcd(under);
        return divisor.signum() == 0 ? this : new Ratio(over.divide(divisor), under.divide(divisor));
    }

    long floor() {
        BigInteger[] both = over.divideAndRemainder(under);
        return both[0].longValueExact() - (both[1].signum() < 0 ? 1 : 0);
    }

    Ratio roundedUp() {
        long floor = floor();
        return of(compareTo(of(floor)) == 0 ? floor : floor + 1);
    }

    Ratio max(Ratio other) {
        return compareTo(other) >= 0 ? this : other;
    }

    @Override
    public int compareTo(Ratio other) {
        return over.multiply(other.under).compareTo(other.over.multiply(under));
    }
}
