package telos.inference.constraint;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A decimal number under way that must be a multiple of a step, within bounds, and none of some others. Everything is
 * counted in units of the last decimal place. What has been written leaves intervals of numbers that it may still
 * become, one for each count of further digits; there is a way on when one of them holds a number that is wanted.
 */
final class StepNumber extends Rule.Leaf {
    /** The most digits before and after the point together: what a double holds exactly. */
    static final int DIGITS = 15;

    private static final int TRIES = 64;
    private static final long[] TENS = tens();

    /**
     * Which numbers are wanted.
     *
     * @param low the least, in units
     * @param high the greatest, in units
     * @param step what each is a multiple of
     * @param notSteps what none is a multiple of
     * @param scale the digits after the point
     */
    record Wanted(long low, long high, long step, Set<Long> notSteps, Set<Long> excluded, int scale) {
        private boolean has(long units) {
            return units >= low
                    && units <= high
                    && units % step == 0
                    && !excluded.contains(units)
                    && notSteps.stream().noneMatch(not -> units % not == 0);
        }
    }

    private enum Phase {
        START,
        SIGN,
        WHOLE,
        FRACTION
    }

    private record Place(Phase phase, boolean minus, long digits, int places) {}

    /** What numbers of one kind share. */
    private static final class Family {
        final Wanted wanted;
        final Map<Place, StepNumber> numbers = new HashMap<>();

        Family(Wanted wanted) {
            this.wanted = wanted;
        }

        StepNumber at(Place place) {
            if (numbers.size() > 20_000) {
                numbers.clear();
            }
            return numbers.computeIfAbsent(place, key -> new StepNumber(this, key));
        }
    }

    private final Family family;
    private final Place place;
    private final int missing;

    private StepNumber(Family family, Place place) {
        super(false);
        this.family = family;
        this.place = place;
        this.missing = shortest();
    }

    static Rule of(Wanted wanted) {
        StepNumber start = new Family(wanted).at(new Place(Phase.START, false, 0, 0));
        return start.missing >= FAR ? NEVER : start;
    }

    @Override
    boolean ends() {
        long unit = TENS[family.wanted.scale - place.places];
        return switch (place.phase) {
            case START, SIGN -> false;
            case WHOLE -> wanted(place.digits * unit);
            case FRACTION -> place.places > 0 && wanted(place.digits * unit);
        };
    }

    private boolean wanted(long magnitude) {
        return place.minus ? magnitude != 0 && family.wanted.has(-magnitude) : family.wanted.has(magnitude);
    }

    @Override
    long compute(int left) {
        return missing;
    }

    @Override
    @Nullable
    Rule derive(int value) {
        boolean digit = value >= '0' && value <= '9';
        Place next = switch (place.phase) {
            case START ->
                value == '-'
                        ? new Place(Phase.SIGN, true, 0, 0)
                        : digit ? new Place(Phase.WHOLE, false, value - '0', 0) : null;
            case SIGN -> digit ? new Place(Phase.WHOLE, true, value - '0', 0) : null;
            case WHOLE -> {
                if (digit && place.digits > 0 && place.digits < TENS[DIGITS - family.wanted.scale - 1]) {
                    yield new Place(Phase.WHOLE, place.minus, place.digits * 10 + value - '0', 0);
                }
                yield value == '.' && family.wanted.scale > 0
                        ? new Place(Phase.FRACTION, place.minus, place.digits, 0)
                        : null;
            }
            case FRACTION ->
                digit && place.places < family.wanted.scale
                        ? new Place(Phase.FRACTION, place.minus, place.digits * 10 + value - '0', place.places + 1)
                        : null;
        };
        if (next == null) {
            return null;
        }
        StepNumber number = family.at(next);
        return number.missing >= FAR ? null : number;
    }

    private int shortest() {
        return switch (place.phase) {
            case START -> {
                int best = 1 + new StepNumber(family, new Place(Phase.SIGN, true, 0, 0)).missing;
                for (int digit = 0; digit <= 9; digit++) {
                    best = Math.min(best, 1 + new StepNumber(family, new Place(Phase.WHOLE, false, digit, 0)).missing);
                }
                yield Math.min(best, FAR);
            }
            case SIGN -> {
                int best = FAR;
                for (int digit = 0; digit <= 9; digit++) {
                    best = Math.min(best, 1 + new StepNumber(family, new Place(Phase.WHOLE, true, digit, 0)).missing);
                }
                yield Math.min(best, FAR);
            }
            case WHOLE -> whole();
            case FRACTION -> fraction(place.digits, place.places, Math.max(1, place.places)) - place.places;
        };
    }

    private int whole() {
        int best = FAR;
        int most = place.digits == 0 ? 0 : DIGITS - family.wanted.scale;
        for (int more = 0; more <= most; more++) {
            if (more > 0 && place.digits >= TENS[DIGITS - family.wanted.scale - more]) {
                break;
            }
            long first = place.digits * TENS[more];
            long unit = TENS[family.wanted.scale];
            if (meets(first * unit, (first + TENS[more] - 1) * unit, unit)) {
                best = Math.min(best, more);
            }
            for (int places = 1; places <= family.wanted.scale && more + 1 + places < best; places++) {
                long step = TENS[family.wanted.scale - places];
                if (meets(first * unit, (first + TENS[more]) * unit - step, step)) {
                    best = more + 1 + places;
                }
            }
        }
        return best;
    }

    /** The fewest places from {@code from} on with which a wanted number starts with some digits after the point. */
    private int fraction(long digits, int places, int from) {
        for (int all = from; all <= family.wanted.scale; all++) {
            long step = TENS[family.wanted.scale - all];
            long span = TENS[family.wanted.scale - places];
            if (meets(digits * span, (digits + 1) * span - step, step)) {
                return all;
            }
        }
        return FAR + places;
    }

    /** Whether a wanted number that is a multiple of {@code unit} has its magnitude in an interval. */
    private boolean meets(long least, long greatest, long unit) {
        Wanted wanted = family.wanted;
        long common = common(wanted.step, unit);
        long first = Math.max(least, place.minus ? -wanted.high : wanted.low);
        long last = Math.min(greatest, place.minus ? -wanted.low : wanted.high);
        if (place.minus) {
            first = Math.max(first, 1);
        }
        if (common < 0 || first > last) {
            return false;
        }
        long candidate = Math.ceilDiv(first, common) * common;
        for (int tries = TRIES + wanted.excluded.size(); tries > 0 && candidate <= last; tries--) {
            if (wanted(candidate)) {
                return true;
            }
            candidate += common;
        }
        return false;
    }

    /** The least common multiple, or -1 when it is larger than any number here. */
    private static long common(long a, long b) {
        long x = a;
        long y = b;
        while (y != 0) {
            long rest = x % y;
            x = y;
            y = rest;
        }
        long factor = a / x;
        return factor > TENS[DIGITS] / b ? -1 : factor * b;
    }

    private static long[] tens() {
        long[] tens = new long[19];
        tens[0] = 1;
        for (int i = 1; i < tens.length; i++) {
            tens[i] = 10 * tens[i - 1];
        }
        return tens;
    }
}
