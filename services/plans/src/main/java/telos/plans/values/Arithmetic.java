package telos.plans.values;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import telos.kernel.security.Label;

/** Binary operators on payloads. */
final class Arithmetic {
    /** A bound of exponents and shifts; what is larger is more than any budget. */
    private static final long MOST_BITS = 1L << 40;
    /** Ints of no more bits are charged nothing beside the step of the operation. */
    private static final int LARGE = 256;

    private Arithmetic() {}

    static Payload compute(Context context, BinaryOperation operation, Payload a, Payload b) {
        if (Numbers.isNumber(a) && Numbers.isNumber(b)) {
            if (a instanceof Truth x && b instanceof Truth y) {
                switch (operation) {
                    case AND -> {
                        return Truth.of(x.holds() && y.holds());
                    }
                    case OR -> {
                        return Truth.of(x.holds() || y.holds());
                    }
                    case XOR -> {
                        return Truth.of(x != y);
                    }
                    default -> {}
                }
            }
            if (a instanceof Real || b instanceof Real) {
                return real(operation, a, b);
            }
            return whole(context, operation, Numbers.whole(a), Numbers.whole(b));
        }
        Payload other = switch (operation) {
            case ADD -> Sequences.concatenated(context, a, b);
            case MULTIPLY -> {
                if (Numbers.isWhole(b)) {
                    yield Sequences.repeated(context, a, Numbers.whole(b));
                }
                yield Numbers.isWhole(a) ? Sequences.repeated(context, b, Numbers.whole(a)) : null;
            }
            case AND, OR, XOR, SUBTRACT -> Sets.compute(context, operation, a, b);
            default -> null;
        };
        if (other == null) {
            other = Dates.compute(operation, a, b);
        }
        if (other == null) {
            Payload by = isSequence(a) ? b : isSequence(b) ? a : null;
            if (operation == BinaryOperation.MULTIPLY && by != null) {
                throw Fault.type("can't multiply sequence by non-int of type '"
                        + by.type().name() + "'");
            }
            throw unsupported(operation.symbol(), a, b);
        }
        return other;
    }

    private static boolean isSequence(Payload payload) {
        return payload instanceof Text || payload instanceof ListBox || payload instanceof Tuple;
    }

    static Fault unsupported(String symbol, Payload a, Payload b) {
        String name = symbol.equals("**") ? "** or pow()" : symbol;
        return Fault.type("unsupported operand type(s) for " + name + ": '"
                + a.type().name() + "' and '" + b.type().name() + "'");
    }

    private static Payload real(BinaryOperation operation, Payload a, Payload b) {
        double x = switch (operation) {
            case LEFT_SHIFT, RIGHT_SHIFT, AND, OR, XOR -> throw unsupported(operation.symbol(), a, b);
            default -> Numbers.real(a);
        };
        double y = Numbers.real(b);
        return new Real(
                switch (operation) {
                    case ADD -> x + y;
                    case SUBTRACT -> x - y;
                    case MULTIPLY -> x * y;
                    case DIVIDE -> {
                        if (y == 0) {
                            throw Fault.zero("float division by zero");
                        }
                        yield x / y;
                    }
                    case FLOOR_DIVIDE -> {
                        if (y == 0) {
                            throw Fault.zero("float floor division by zero");
                        }
                        yield Reals.floorDivide(x, y);
                    }
                    case MODULO -> {
                        if (y == 0) {
                            throw Fault.zero("float modulo");
                        }
                        yield Reals.modulo(x, y);
                    }
                    case POWER -> Reals.power(x, y);
                    case LEFT_SHIFT, RIGHT_SHIFT, AND, OR, XOR -> 0;
                });
    }

    private static Payload whole(Context context, BinaryOperation operation, Whole a, Whole b) {
        charge(context, operation, a, b);
        Payload result = compute(context, operation, a, b);
        if (!isMadeLarger(operation) && result instanceof Whole whole && whole.bits() > LARGE) {
            context.bytes(whole.bits() / 8);
        }
        return result;
    }

    /** Whether the result may be larger than either operand: what it takes is asked for before it is made. */
    private static boolean isMadeLarger(BinaryOperation operation) {
        return switch (operation) {
            case ADD, SUBTRACT, MULTIPLY, POWER, LEFT_SHIFT -> true;
            case DIVIDE, FLOOR_DIVIDE, MODULO, RIGHT_SHIFT, AND, OR, XOR -> false;
        };
    }

    private static Payload compute(Context context, BinaryOperation operation, Whole a, Whole b) {
        return switch (operation) {
            case ADD -> Whole.of(a.big().add(b.big()));
            case SUBTRACT -> Whole.of(a.big().subtract(b.big()));
            case MULTIPLY -> Whole.of(a.big().multiply(b.big()));
            case DIVIDE -> {
                if (b.sign() == 0) {
                    throw Fault.zero("division by zero");
                }
                yield new Real(Numbers.ratio(a, b));
            }
            case FLOOR_DIVIDE -> {
                if (b.sign() == 0) {
                    throw Fault.zero("integer division or modulo by zero");
                }
                yield floor(a, b)[0];
            }
            case MODULO -> {
                if (b.sign() == 0) {
                    throw Fault.zero("integer modulo by zero");
                }
                yield floor(a, b)[1];
            }
            case POWER -> power(context, a, b);
            case LEFT_SHIFT -> {
                if (b.sign() < 0) {
                    throw Fault.value("negative shift count");
                }
                if (a.sign() == 0) {
                    yield Whole.of(0);
                }
                long by = Math.min(b.clamped(), MOST_BITS);
                context.bytes((a.bits() + by) / 8);
                yield Whole.of(a.big().shiftLeft((int) Math.min(by, Integer.MAX_VALUE)));
            }
            case RIGHT_SHIFT -> {
                if (b.sign() < 0) {
                    throw Fault.value("negative shift count");
                }
                yield Whole.of(a.big().shiftRight((int) Math.min(b.clamped(), Integer.MAX_VALUE)));
            }
            case AND -> Whole.of(a.big().and(b.big()));
            case OR -> Whole.of(a.big().or(b.big()));
            case XOR -> Whole.of(a.big().xor(b.big()));
        };
    }

    /** Quotient and remainder as Python rounds: towards minus infinity. */
    static Whole[] floor(Whole a, Whole b) {
        if (a.isSmall() && b.isSmall() && b.small() != -1) {
            return new Whole[] {
                Whole.of(Math.floorDiv(a.small(), b.small())), Whole.of(Math.floorMod(a.small(), b.small()))
            };
        }
        BigInteger[] parts = a.big().divideAndRemainder(b.big());
        if (parts[1].signum() != 0 && parts[1].signum() != b.sign()) {
            return new Whole[] {Whole.of(parts[0].subtract(BigInteger.ONE)), Whole.of(parts[1].add(b.big()))};
        }
        return new Whole[] {Whole.of(parts[0]), Whole.of(parts[1])};
    }

    private static Payload power(Context context, Whole a, Whole b) {
        if (b.sign() < 0) {
            if (a.sign() == 0) {
                throw Fault.zero("0.0 cannot be raised to a negative power");
            }
            return new Real(Reals.power(Numbers.real(a), Numbers.real(b)));
        }
        long bits = a.bits();
        if (bits <= 1 || b.sign() == 0) {
            boolean odd = b.big().testBit(0);
            return b.sign() == 0 ? Whole.of(1) : a.sign() < 0 && !odd ? Whole.of(1) : a;
        }
        long exponent = Math.min(b.clamped(), MOST_BITS);
        long most = Outline.times(bits, exponent);
        context.bytes(most / 8);
        context.steps(cost(most, most));
        return Whole.of(a.big().pow((int) Math.min(exponent, Integer.MAX_VALUE)));
    }

    /** {@code pow(a, b, m)}. */
    static Whole power(Context context, Whole a, Whole b, Whole m) {
        if (m.sign() == 0) {
            throw Fault.value("pow() 3rd argument cannot be 0");
        }
        long words = m.bits() / 64 + 1;
        context.steps(Outline.times(Outline.times(words, words), b.bits() + 1) / 16);
        BigInteger modulus = m.big().abs();
        BigInteger value;
        try {
            value = a.big().modPow(b.big(), modulus);
        } catch (ArithmeticException _) {
            throw Fault.value("base is not invertible for the given modulus");
        }
        return Whole.of(m.sign() < 0 && value.signum() > 0 ? value.add(m.big()) : value);
    }

    private static void charge(Context context, BinaryOperation operation, Whole a, Whole b) {
        long bits = a.bits() + b.bits();
        if (bits > LARGE) {
            switch (operation) {
                case MULTIPLY -> {
                    context.bytes(bits / 8);
                    context.steps(cost(a.bits(), b.bits()));
                }
                case DIVIDE, FLOOR_DIVIDE, MODULO -> context.steps(cost(a.bits(), b.bits()));
                case ADD, SUBTRACT -> context.bytes(Math.max(a.bits(), b.bits()) / 8);
                default -> {}
            }
        }
    }

    /** The steps that multiplying or dividing numbers of so many bits is charged. */
    private static long cost(long a, long b) {
        return Outline.times(a / 64 + 1, b / 64 + 1) / 64;
    }

    /** Values side by side: what concatenation makes of two lists of elements. */
    static List<Value> joined(Context context, List<Value> a, List<Value> b) {
        context.bytes(8L * (a.size() + b.size()));
        context.steps((a.size() + b.size()) / 16);
        List<Value> all = new ArrayList<>(a.size() + b.size());
        all.addAll(a);
        all.addAll(b);
        return all;
    }

    static Label both(Box a, Box b) {
        return a.shape().join(b.shape());
    }
}
