package telos.kernel.scheduling;

import java.util.Objects;
import java.util.Optional;

/**
 * What an entity is given beside its siblings. Which of it counts is up to the {@link Policy}.
 *
 * @param weight its part of the service in proportion to its siblings' weights; {@value #USUAL_WEIGHT} is usual
 * @param priority the higher goes first; 0 is usual
 * @param deadline what is reserved for it
 */
public record Shares(long weight, int priority, Optional<Reservation> deadline) {
    public static final long MIN_WEIGHT = 1;
    public static final long MAX_WEIGHT = 10_000;
    public static final long USUAL_WEIGHT = 100;
    public static final int MIN_PRIORITY = -100;
    public static final int MAX_PRIORITY = 100;

    public static final Shares USUAL = new Shares(USUAL_WEIGHT, 0, Optional.empty());

    public Shares {
        if (weight < MIN_WEIGHT || weight > MAX_WEIGHT) {
            throw new IllegalArgumentException(
                    "a weight is from " + MIN_WEIGHT + " to " + MAX_WEIGHT + ", not " + weight);
        }
        if (priority < MIN_PRIORITY || priority > MAX_PRIORITY) {
            throw new IllegalArgumentException(
                    "a priority is from " + MIN_PRIORITY + " to " + MAX_PRIORITY + ", not " + priority);
        }
        Objects.requireNonNull(deadline, "deadline");
    }

    public static Shares weighing(long weight) {
        return USUAL.withWeight(weight);
    }

    public Shares withWeight(long weight) {
        return new Shares(weight, priority, deadline);
    }

    public Shares withPriority(int priority) {
        return new Shares(weight, priority, deadline);
    }

    public Shares withDeadline(Reservation deadline) {
        return new Shares(weight, priority, Optional.of(deadline));
    }

    public Shares withoutDeadline() {
        return new Shares(weight, priority, Optional.empty());
    }
}
