package telos.plans;

import java.time.Duration;
import java.util.OptionalLong;

/**
 * What a run may use. Work that depends on values which not everyone may read is counted apart, against the same bounds.
 * A single operation may go beyond a bound: whether it worked on such values, and so is counted apart, is known when it has
 * ended. Of memory it may take as much again; what is counted apart may take a fixed multiple where it was not set aside.
 *
 * @param steps expressions evaluated and elements visited
 * @param bytes allocated, in all
 * @param depth calls inside one another
 * @param time the last resort against what the counters do not see; what it cuts off is not covered by any claim
 */
public record Limits(long steps, long bytes, int depth, Duration time) {
    public static final Limits USUAL = new Limits(50_000_000L, 512L << 20, 100, Duration.ofSeconds(60));

    public Limits {
        if (steps < 1 || bytes < 1 || depth < 1 || time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("limits are positive");
        }
    }

    public Limits with(OptionalLong otherSteps, OptionalLong otherBytes) {
        return new Limits(otherSteps.orElse(steps), otherBytes.orElse(bytes), depth, time);
    }
}
