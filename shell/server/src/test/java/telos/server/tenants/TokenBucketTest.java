package telos.server.tenants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenBucketTest {
    private static final long SECOND = 1_000_000_000L;
    private static final BigInteger PARTS = BigInteger.valueOf(60 * SECOND);

    /** The same in numbers without end. */
    private static final class Reference {
        private final BigInteger rate;
        private final BigInteger full;
        private BigInteger level;
        private long asOf;

        Reference(int perMinute, long now) {
            rate = BigInteger.valueOf(perMinute);
            full = rate.multiply(PARTS);
            level = full;
            asOf = now;
        }

        void pass(long now) {
            level = level.add(rate.multiply(BigInteger.valueOf(Math.max(0, now - asOf))))
                    .min(full);
            asOf = Math.max(asOf, now);
        }

        void take(long units) {
            level = level.subtract(BigInteger.valueOf(units).multiply(PARTS));
        }

        long until(BigInteger wanted) {
            BigInteger missing = wanted.subtract(level);
            return missing.signum() <= 0
                    ? 0
                    : missing.add(rate).subtract(BigInteger.ONE).divide(rate).longValueExact();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void countsAsExactNumbersDo(long seed) {
        Random random = new Random(seed);
        int rate = random.nextBoolean() ? 1 + random.nextInt(100) : 1 + random.nextInt(TokenBucket.MOST);
        long now = random.nextLong(1L << 40) - (1L << 39);
        TokenBucket bucket = new TokenBucket(rate, now);
        Reference reference = new Reference(rate, now);
        for (int i = 0; i < 5000; i++) {
            now += random.nextInt(10) == 0
                    ? -random.nextInt(5)
                    : random.nextLong(random.nextBoolean() ? SECOND : 300 * SECOND);
            reference.pass(now);
            if (random.nextInt(3) == 0) {
                long units = random.nextInt(1 + rate / (1 + random.nextInt(20)));
                bucket.take(units, now);
                reference.take(units);
            }
            int wanted = 1 + random.nextInt(rate);
            assertThat(bucket.untilHas(wanted, now))
                    .isEqualTo(reference.until(BigInteger.valueOf(wanted).multiply(PARTS)));
            assertThat(bucket.has(now))
                    .isEqualTo(
                            reference.level.max(BigInteger.ZERO).divide(PARTS).longValueExact());
            assertThat(bucket.untilFull(now)).isEqualTo(reference.until(reference.full));
        }
    }

    @Test
    void hasWhatItSaidItWouldHaveAtTheMomentItSaid() {
        TokenBucket bucket = new TokenBucket(7, 0);
        bucket.take(7, 0);
        long wait = bucket.untilHas(1, 0);
        assertThat(bucket.has(wait - 1)).isZero();
        assertThat(bucket.has(wait)).isEqualTo(1);
    }

    @Test
    void owesWhatWasOverdrawn() {
        TokenBucket bucket = new TokenBucket(60, 0);
        bucket.take(180, 0);
        assertThat(bucket.untilHas(1, 0)).isEqualTo(121 * SECOND);
        assertThat(bucket.has(119 * SECOND)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 60, TokenBucket.MOST})
    void doesNotOverflow(int rate) {
        TokenBucket bucket = new TokenBucket(rate, Long.MIN_VALUE / 4);
        for (int i = 0; i < 100; i++) {
            bucket.take(Long.MAX_VALUE, 0);
        }
        assertThat(bucket.has(0)).isZero();
        assertThat(bucket.untilFull(0)).isPositive();
        assertThat(bucket.has(Long.MAX_VALUE / 4)).isEqualTo(rate == 1 ? bucket.has(Long.MAX_VALUE / 4) : rate);
        bucket.take(Long.MAX_VALUE, Long.MAX_VALUE / 4);
        assertThat(bucket.untilHas(Integer.MAX_VALUE, Long.MAX_VALUE / 4)).isPositive();
    }

    @Test
    void ignoresAClockThatGoesBack() {
        TokenBucket bucket = new TokenBucket(60, 100 * SECOND);
        bucket.take(60, 100 * SECOND);
        assertThat(bucket.has(0)).isZero();
        assertThat(bucket.has(101 * SECOND)).isEqualTo(1);
    }

    @Test
    void refusesARateOfNothingOrTooMuch() {
        assertThatThrownBy(() -> new TokenBucket(0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new TokenBucket(TokenBucket.MOST + 1, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
