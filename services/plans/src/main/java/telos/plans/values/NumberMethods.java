package telos.plans.values;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The methods of ints and floats. */
final class NumberMethods {
    static final Map<String, Builtin> WHOLES = new LinkedHashMap<>();
    static final Map<String, Builtin> REALS = new LinkedHashMap<>();

    private NumberMethods() {}

    static {
        WHOLES.put(
                "bit_length",
                Builtin.method(
                        "bit_length",
                        "",
                        s -> Value.of(Numbers.whole(s.payload(0)).bits()),
                        o -> Prospect.sure(Outline.whole(8))));
        WHOLES.put(
                "bit_count",
                Builtin.method(
                        "bit_count",
                        "",
                        s -> Value.of(Numbers.whole(s.payload(0)).big().abs().bitCount()),
                        o -> Prospect.sure(Outline.whole(8))));
        WHOLES.put(
                "conjugate",
                Builtin.method(
                        "conjugate",
                        "",
                        s -> new Value(Numbers.whole(s.payload(0))),
                        o -> Prospect.sure(Outline.whole(o.extent(0)))));
        WHOLES.put(
                "as_integer_ratio",
                Builtin.method(
                        "as_integer_ratio",
                        "",
                        s -> new Value(Tuple.of(new Value(Numbers.whole(s.payload(0))), Value.of(1))),
                        o -> Prospect.sure(Outline.tuple(List.of(Outline.whole(o.extent(0)), Outline.whole(1))))));
        REALS.put(
                "is_integer",
                Builtin.method(
                        "is_integer",
                        "",
                        s -> {
                            double value = Numbers.real(s.payload(0));
                            return Value.of(value == Math.rint(value) && !Double.isInfinite(value));
                        },
                        o -> Prospect.sure(Outline.BOOL)));
        REALS.put(
                "as_integer_ratio",
                Builtin.method(
                        "as_integer_ratio",
                        "",
                        NumberMethods::ratio,
                        o -> Prospect.of(
                                Outline.tuple(List.of(Outline.whole(130), Outline.whole(140))),
                                Errors.VALUE.and(Errors.OVERFLOW))));
    }

    private static Value ratio(Slots s) {
        double value = Numbers.real(s.payload(0));
        if (Double.isNaN(value)) {
            throw Fault.value("cannot convert NaN to integer ratio");
        }
        if (Double.isInfinite(value)) {
            throw Fault.overflow("cannot convert Infinity to integer ratio");
        }
        BigDecimal exact = new BigDecimal(value);
        BigInteger under = exact.scale() > 0 ? BigInteger.TEN.pow(exact.scale()) : BigInteger.ONE;
        BigInteger over = exact.scale() > 0 ? exact.unscaledValue() : exact.toBigInteger();
        BigInteger common = over.gcd(under);
        if (common.signum() == 0) {
            common = BigInteger.ONE;
        }
        return new Value(Tuple.of(new Value(Whole.of(over.divide(common))), new Value(Whole.of(under.divide(common)))));
    }
}
