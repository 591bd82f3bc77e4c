package telos.inference.constraint;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The rule of the numbers that facts describe. */
final class NumberForms {
    private static final int PLACES = 6;
    private static final int MOST_PLACES = 9;
    private static final BigInteger GREATEST =
            BigInteger.TEN.pow(StepNumber.DIGITS).subtract(BigInteger.ONE);

    private NumberForms() {}

    static Rule of(Facts facts) throws Refusal {
        boolean whole = Boolean.TRUE.equals(facts.integral);
        boolean broken = Boolean.FALSE.equals(facts.integral);
        List<BigDecimal> excluded = facts.excluded.stream()
                .filter(JsonNode::isNumber)
                .map(JsonNode::decimalValue)
                .toList();
        if (facts.multiples.isEmpty() && facts.notMultiples.isEmpty() && excluded.isEmpty() && !broken) {
            if (whole) {
                return NumberRules.integers(facts.low, facts.lowOut, facts.high, facts.highOut);
            }
            return facts.low == null && facts.high == null
                    ? NumberRules.number()
                    : NumberRules.decimals(facts.low, facts.lowOut, facts.high, facts.highOut);
        }
        List<BigDecimal> steps = new java.util.ArrayList<>(facts.multiples);
        if (whole) {
            steps.add(BigDecimal.ONE);
        }
        BigDecimal step = Overlap.Lattice.common(steps);
        int scale = step == null ? PLACES : scale(step);
        for (BigDecimal not : facts.notMultiples) {
            scale = Math.max(scale, scale(not));
        }
        if (scale > MOST_PLACES) {
            throw refusal(facts, "at most " + MOST_PLACES + " digits after the point are written");
        }
        Set<Long> notSteps = new HashSet<>();
        if (broken) {
            notSteps.add(BigInteger.TEN.pow(scale).longValueExact());
        }
        for (BigDecimal not : facts.notMultiples) {
            notSteps.add(units(not, scale, facts));
        }
        Set<Long> none = new HashSet<>();
        for (BigDecimal value : excluded) {
            if (Keywords.tame(value) && scale(value) <= scale) {
                BigInteger exact = value.movePointRight(scale).toBigIntegerExact();
                if (exact.abs().compareTo(GREATEST) <= 0) {
                    none.add(exact.longValueExact());
                }
            }
        }
        long low = bound(facts.low, facts.lowOut, scale, RoundingMode.CEILING);
        long high = bound(facts.high, facts.highOut, scale, RoundingMode.FLOOR);
        return StepNumber.of(
                new StepNumber.Wanted(low, high, step == null ? 1 : units(step, scale, facts), notSteps, none, scale));
    }

    private static int scale(BigDecimal value) {
        return value.signum() == 0 ? 0 : Math.max(0, value.stripTrailingZeros().scale());
    }

    private static long units(BigDecimal value, int scale, Facts facts) throws Refusal {
        BigInteger units = value.movePointRight(scale).toBigIntegerExact();
        if (units.compareTo(GREATEST) > 0) {
            throw refusal(facts, "it has too many digits: " + StepNumber.DIGITS + " are written");
        }
        return units.longValueExact();
    }

    private static Refusal refusal(Facts facts, String why) {
        return new Refusal("multipleOf", facts.where, why);
    }

    /** A bound in units, moved inwards to the next number that is written. */
    private static long bound(@Nullable BigDecimal bound, boolean out, int scale, RoundingMode inwards) {
        boolean least = inwards == RoundingMode.CEILING;
        BigInteger units = least ? GREATEST.negate() : GREATEST;
        if (bound != null) {
            BigDecimal exact = bound.movePointRight(scale);
            BigInteger own = exact.setScale(0, inwards).toBigInteger();
            if (out && new BigDecimal(own).compareTo(exact) == 0) {
                own = least ? own.add(BigInteger.ONE) : own.subtract(BigInteger.ONE);
            }
            units = least ? own.max(units) : own.min(units);
            units = units.min(GREATEST.add(BigInteger.ONE))
                    .max(GREATEST.negate().subtract(BigInteger.ONE));
        }
        return units.longValueExact();
    }
}
