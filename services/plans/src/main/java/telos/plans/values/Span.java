package telos.plans.values;

import java.math.BigInteger;

/** A {@code range}. */
public record Span(Whole start, Whole stop, Whole step, Whole length) implements Payload {
    public Span(Whole start, Whole stop, Whole step) {
        this(start, stop, step, lengthOf(start, stop, step));
    }

    private static Whole lengthOf(Whole start, Whole stop, Whole step) {
        BigInteger width =
                step.sign() > 0 ? stop.big().subtract(start.big()) : start.big().subtract(stop.big());
        if (width.signum() <= 0) {
            return Whole.of(0);
        }
        return Whole.of(width.subtract(BigInteger.ONE).divide(step.big().abs()).add(BigInteger.ONE));
    }

    Whole at(long index) {
        if (start.isSmall() && step.isSmall()) {
            long offset = index * step.small();
            if (Math.multiplyHigh(index, step.small()) == offset >> 63) {
                long sum = start.small() + offset;
                if (((start.small() ^ sum) & (offset ^ sum)) >= 0) {
                    return Whole.of(sum);
                }
            }
        }
        return Whole.of(start.big().add(step.big().multiply(BigInteger.valueOf(index))));
    }

    @Override
    public Kind kind() {
        return Kind.RANGE;
    }
}
