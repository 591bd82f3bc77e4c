package telos.plans.values;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;

/** The built-in functions. This file is long because it is one table. */
final class Functions {
    static final Map<String, Builtin> TABLE = new LinkedHashMap<>();

    private static final long SIZED = Kind.STR.bit()
            | Kind.TUPLE.bit()
            | Kind.LIST.bit()
            | Kind.DICT.bit()
            | Kind.SET.bit()
            | Kind.FROZENSET.bit()
            | Kind.RANGE.bit()
            | Kind.VIEW.bit();
    private static final long REVERSIBLE =
            Kind.STR.bit() | Kind.TUPLE.bit() | Kind.LIST.bit() | Kind.DICT.bit() | Kind.RANGE.bit() | Kind.VIEW.bit();

    private Functions() {}

    private static void add(String name, String signature, Builtin.Act act, Builtin.Tell tell) {
        TABLE.put(name, Builtin.function(name, signature, act, tell));
    }

    private static void caller(String name, String signature, Builtin.Act act, Builtin.Tell tell) {
        TABLE.put(name, Builtin.caller(name, signature, false, act, tell));
    }

    private static void deferring(String name, String signature, Builtin.Act act, Builtin.Tell tell) {
        TABLE.put(name, Builtin.deferring(name, signature, act, tell));
    }

    static {
        add(
                "len",
                "obj",
                Functions::length,
                o -> Prospect.of(
                        Outline.upTo(o.extent(0)),
                        o.unless(0, SIZED).andIf(o.at(0).may(Kind.RANGE), Errors.OVERFLOW)));
        add(
                "abs",
                "x",
                Functions::absolute,
                o -> Prospect.of(magnitude(o.at(0)), o.unless(0, Outlines.NUMBERS | Kind.TIMEDELTA.bit())));
        add(
                "all",
                "iterable",
                s -> every(s, false),
                o -> Prospect.of(Outline.BOOL, Iterators.all(o.at(0)).errors()));
        add(
                "any",
                "iterable",
                s -> every(s, true),
                o -> Prospect.of(Outline.BOOL, Iterators.all(o.at(0)).errors()));
        add("ascii", "obj", s -> written(s, true), o -> written(o, 10));
        add("repr", "obj", s -> written(s, false), o -> written(o, 10));
        add("bin", "number", s -> base(s, 2, "0b"), o -> based(o, 8));
        add("oct", "number", s -> base(s, 8, "0o"), o -> based(o, 3));
        add("hex", "number", s -> base(s, 16, "0x"), o -> based(o, 2));
        add("callable", "obj", s -> Value.of(isCallable(s.payload(0))), o -> Prospect.sure(Outline.BOOL));
        add(
                "chr",
                "i",
                Functions::character,
                o -> Prospect.of(
                        Outline.text(1),
                        o.unless(0, Outlines.WHOLES).and(Errors.VALUE).and(Errors.OVERFLOW)));
        add(
                "ord",
                "c",
                Functions::code,
                o -> Prospect.of(Outline.whole(3), isCharacter(o.at(0).constantText()) ? Errors.NONE : Errors.TYPE));
        add("divmod", "a b", Functions::divided, o -> {
            Prospect floor = BinaryOperation.FLOOR_DIVIDE.outline(o.at(0), o.at(1));
            Prospect rest = BinaryOperation.MODULO.outline(o.at(0).without(Kind.STR), o.at(1));
            Prospect both = floor.or(rest).and(o.unless(0, ~Kind.STR.bit()));
            return new Prospect(
                            Outline.tuple(List.of(floor.result(), rest.result())),
                            both.errors(),
                            null,
                            both.unbounded())
                    .taking(Outline.plus(floor.result().extent(), rest.result().extent()));
        });
        add("pow", ":base :exp :mod?", Functions::power, o -> {
            Prospect power = BinaryOperation.POWER.outline(o.at(0), o.at(1));
            if (!o.has(2) || o.at(2).isOnly(Kind.NONE)) {
                return power;
            }
            long words = o.extent(2) / 8 + 1;
            long steps = Outline.times(Outline.times(words, words), o.extent(1)) / 2;
            return Prospect.of(
                            power.result().union(Outline.whole(o.at(2).extent())),
                            Errors.TYPE.and(Errors.VALUE).and(power.errors()))
                    .unboundedIf(steps > 1 << 20);
        });
        add("round", ":number :ndigits?", Functions::rounded, Functions::rounding);
        add("isinstance", "obj type", s -> isInstance(s, s.payload(0).type()), Functions::instance);
        add(
                "issubclass",
                "cls type",
                s -> {
                    if (!(s.payload(0) instanceof Type type)) {
                        throw Fault.type("issubclass() arg 1 must be a class");
                    }
                    return isInstance(s, type);
                },
                o -> Prospect.of(Outline.BOOL, Errors.TYPE));
        add("hash", "obj", Functions::hash, o -> Prospect.of(Outline.whole(8), Errors.TYPE));
        add(
                "iter",
                "iterable",
                s -> new Value(Iterators.of(s.context(), iterable(s.at(0)))),
                o -> Iterators.outline(o.at(0)));
        add("next", "iterator default?", Functions::next, o -> {
            Outline element = o.at(0).elementOrNone();
            return Prospect.of(
                            o.has(1) ? element.union(o.at(1)) : element,
                            o.unless(0, Kind.ITERATOR).and(o.at(0).pulls()).andIf(!o.has(1), Errors.STOP_ITERATION))
                    .changing(o.at(0));
        });
        add(
                "enumerate",
                ":iterable :start?",
                s -> {
                    Slots.index(s.or(1, Value.of(0)).payload());
                    return new Value(Adapters.enumerate(iterator(s, 0), s.or(1, Value.of(0))));
                },
                o -> {
                    Prospect inner = Iterators.outline(o.at(0));
                    Outline at = (o.has(1) ? o.at(1).anyValue() : Outline.whole(1)).union(Outline.whole(8));
                    return Prospect.of(
                            Outline.holding(
                                            Kind.ITERATOR,
                                            inner.result().extent(),
                                            Outline.tuple(
                                                    List.of(at, inner.result().elementOrNone())),
                                            null)
                                    .pulling(inner.result().pulling().around()),
                            inner.errors().and(inner.result().refusals()).and(o.unless(1, Outlines.WHOLES)));
                });
        add("reversed", "sequence", s -> new Value(Adapters.reversed(s.context(), s.at(0))), o -> {
            Prospect inner = Iterators.outline(o.at(0));
            return inner.and(o.unless(0, REVERSIBLE));
        });
        add(
                "zip",
                "*iterables !strict?",
                s -> {
                    List<IteratorBox> inner = new ArrayList<>();
                    for (Value each : s.rest()) {
                        inner.add(iterator(s, each));
                    }
                    return new Value(Adapters.zip(inner, s.flag(0)));
                },
                Functions::zipped);
        deferring(
                "map",
                "function iterable *iterables",
                s -> {
                    List<IteratorBox> inner = new ArrayList<>();
                    inner.add(iterator(s, 1));
                    for (Value each : s.rest()) {
                        inner.add(iterator(s, each));
                    }
                    return new Value(Adapters.map(s.at(0), inner));
                },
                o -> {
                    Prospect first = Iterators.outline(o.at(1));
                    List<Outline> arguments = new ArrayList<>();
                    arguments.add(first.result().elementOrNone());
                    Errors errors = first.errors();
                    Pulls pulls = first.result().pulling();
                    for (Outline each : o.rest()) {
                        Prospect more = Iterators.outline(each);
                        errors = errors.and(more.errors());
                        pulls = pulls.with(more.result().pulling());
                        arguments.add(more.result().elementOrNone());
                    }
                    Prospect called = Calls.outline(o.at(0), arguments, Map.of(), o.callback());
                    return new Prospect(
                            Outline.holding(Kind.ITERATOR, first.result().extent(), called.result(), null)
                                    .pulling(pulls.around().and(called.errors())),
                            errors.and(pulls.refusals()),
                            null,
                            called.unbounded());
                });
        deferring("filter", "function iterable", s -> new Value(Adapters.filter(s.at(0), iterator(s, 1))), o -> {
            Prospect inner = Iterators.outline(o.at(1));
            Outline function = o.at(0).without(Kind.NONE);
            Prospect called = function.isNever()
                    ? Prospect.NEVER
                    : Calls.outline(function, List.of(inner.result().elementOrNone()), Map.of(), o.callback());
            Pulls pulls = inner.result().pulling();
            return new Prospect(
                    inner.result().pulling(pulls.around().and(called.errors())),
                    inner.errors().and(pulls.refusals()),
                    null,
                    called.unbounded());
        });
        caller("sorted", "iterable !key? !reverse?", Functions::sorted, o -> {
            Prospect inner = Iterators.all(o.at(0));
            Prospect keyed = keyed(o, 1, inner.result().elementOrNone());
            return new Prospect(
                            Outline.holding(
                                    Kind.LIST,
                                    inner.result().extent(),
                                    inner.result().elementOrNone(),
                                    null),
                            inner.errors()
                                    .and(keyed.errors())
                                    .and(Order.errors(keyed.result(), keyed.result()))
                                    .and(o.unless(2, Outlines.WHOLES)),
                            null,
                            keyed.unbounded())
                    .taking(computing(o, 1, keyed, inner.result().extent()));
        });
        caller("max", "first *rest !key? !default?", s -> extreme(s, Comparison.GREATER), o -> extremes(o, false));
        caller("min", "first *rest !key? !default?", s -> extreme(s, Comparison.LESS), o -> extremes(o, true));
        add("sum", "iterable :start?", Functions::sum, Functions::summing);
        add(
                "format",
                "value spec?",
                s -> Formats.field(s.context(), s.at(0), '\0', s.or(1, Value.of(""))),
                o -> Formats.outlineOfField(o.at(0), '\0', o.has(1) ? o.at(1) : Outline.of(Value.of(""))));
        add(
                "getattr",
                "obj name default?",
                s -> {
                    if (!(s.payload(1) instanceof Text name)) {
                        throw Fault.type("attribute name must be string, not '" + s.typeName(1) + "'");
                    }
                    Value found = Attributes.find(s.context(), s.at(0), name.string());
                    if (found == null && !s.has(2)) {
                        throw Fault.attribute(s.payload(0), name.string()).by(s.label());
                    }
                    return found == null ? s.at(2) : found;
                },
                o -> {
                    Text name = o.at(1).constantText();
                    if (name == null) {
                        return Prospect.of(Outline.ANY, Errors.TYPE.and(Errors.ATTRIBUTE));
                    }
                    Prospect read = Attributes.outlineOfRead(o.at(0), name.string());
                    return o.has(2) ? Prospect.of(read.result().union(o.at(2)), Errors.NONE) : read;
                });
        add(
                "hasattr",
                "obj name",
                s -> {
                    if (!(s.payload(1) instanceof Text name)) {
                        throw Fault.type("attribute name must be string, not '" + s.typeName(1) + "'");
                    }
                    return Value.of(Attributes.find(s.context(), s.at(0), name.string()) != null);
                },
                o -> Prospect.of(Outline.BOOL, o.unless(1, Kind.STR)));
        add(
                "id",
                "obj",
                s -> {
                    throw Fault.type("id() is not there: a plan computes the same every time");
                },
                o -> Prospect.of(Outline.NEVER, Errors.TYPE));
    }

    private static IteratorBox iterator(Slots s, int place) {
        return iterator(s, s.at(place));
    }

    private static IteratorBox iterator(Slots s, Value of) {
        return Iterators.within(s.context(), iterable(of));
    }

    private static Value iterable(Value of) {
        if (!Iterators.isIterable(of.payload())) {
            throw Fault.type("'" + of.payload().type().name() + "' object is not iterable")
                    .by(Label.BOTTOM);
        }
        return of;
    }

    static boolean isCallable(Payload payload) {
        return payload.kind() == Kind.FUNCTION || payload.kind() == Kind.TYPE;
    }

    private static boolean isCharacter(@Nullable Text text) {
        return text != null && text.length() == 1;
    }

    private static Value length(Slots s) {
        Payload of = s.payload(0);
        s.tell(
                switch (of) {
                    case Box box -> box.shape();
                    case DictView view -> view.dict().shape();
                    default -> Label.BOTTOM;
                });
        return switch (of) {
            case Text text -> Value.of(text.length());
            case ListBox list -> Value.of(list.size());
            case Tuple tuple -> Value.of(tuple.size());
            case DictBox dict -> Value.of(dict.size());
            case SetBox set -> Value.of(set.size());
            case DictView view -> Value.of(view.dict().size());
            case Span span -> {
                if (!span.length().isSmall()) {
                    throw Fault.overflow("Python int too large to convert to C ssize_t");
                }
                yield new Value(span.length());
            }
            default ->
                throw Fault.type("object of type '" + of.type().name() + "' has no len()")
                        .by(Label.BOTTOM);
        };
    }

    private static Value absolute(Slots s) {
        return switch (s.payload(0)) {
            case Real real -> new Value(new Real(Math.abs(real.value())));
            case Delta delta -> new Value(delta.isNegative() ? delta.negated() : delta);
            case Whole whole when whole.sign() >= 0 -> new Value(whole);
            case Whole _, Truth _ -> {
                Whole whole = Numbers.whole(s.payload(0));
                yield new Value(Whole.of(whole.big().abs()));
            }
            default -> throw Fault.type("bad operand type for abs(): '" + s.typeName(0) + "'");
        };
    }

    private static Outline magnitude(Outline of) {
        Outline all = of.mayAny(Outlines.WHOLES)
                ? Outline.whole(of.may(Kind.INT) ? Outline.plus(of.extent(), 1) : 1)
                : Outline.NEVER;
        return all.union(of.only(Kind.FLOAT).anyValue()).union(of.only(Kind.TIMEDELTA));
    }

    private static Value every(Slots s, boolean wanted) {
        IteratorBox iterator = iterator(s, 0);
        boolean found = false;
        for (Value each = iterator.next(s.context());
                each != null && !found;
                each = found ? null : iterator.next(s.context())) {
            s.context().steps(1);
            Value truth = Truths.of(each);
            s.tell(truth.label());
            found = ((Truth) truth.payload()).holds() == wanted;
        }
        s.tell(iterator.control());
        if (s.payload(0) instanceof Box) {
            s.deep(0);
        }
        return Value.of(found == wanted);
    }

    private static Value written(Slots s, boolean ascii) {
        s.deep(0);
        String repr = Texts.repr(s.context(), s.payload(0));
        return Value.of(ascii ? Texts.ascii(repr) : repr);
    }

    /** What {@code str} or {@code repr} of it may come to. */
    static Prospect written(Outlines o, int factor) {
        return Formats.written(o.at(0), factor);
    }

    private static Value base(Slots s, int base, String prefix) {
        Whole whole = Slots.index(s.payload(0));
        s.context().bytes(whole.bits() / 2);
        String digits = whole.big().abs().toString(base);
        return Value.of((whole.sign() < 0 ? "-" : "") + prefix + digits);
    }

    private static Prospect based(Outlines o, int perByte) {
        return Prospect.of(
                Outline.text(Outline.plus(3, Outline.times(o.extent(0), perByte))), o.unless(0, Outlines.WHOLES));
    }

    private static Value character(Slots s) {
        Whole whole = Slots.index(s.payload(0));
        if (!whole.isSmall() || whole.small() != (int) whole.small()) {
            throw Fault.overflow("Python int too large to convert to C int");
        }
        if (whole.small() < 0 || whole.small() > Character.MAX_CODE_POINT) {
            throw Fault.value("chr() arg not in range(0x110000)");
        }
        return new Value(Text.ofPoint((int) whole.small()));
    }

    private static Value code(Slots s) {
        if (!(s.payload(0) instanceof Text text)) {
            throw Fault.type("ord() expected string of length 1, but " + s.typeName(0) + " found");
        }
        if (text.length() != 1) {
            throw Fault.type("ord() expected a character, but string of length " + text.length() + " found");
        }
        return Value.of(text.pointAt(0));
    }

    private static Value divided(Slots s) {
        Payload a = s.payload(0);
        Payload b = s.payload(1);
        if (a instanceof Text || b instanceof Text) {
            throw Fault.type("unsupported operand type(s) for divmod(): '"
                    + a.type().name() + "' and '" + b.type().name() + "'");
        }
        if (Numbers.isWhole(a) && Numbers.isWhole(b) && Numbers.whole(b).sign() == 0) {
            throw Fault.zero("integer division or modulo by zero");
        }
        boolean real = a instanceof Real || b instanceof Real;
        if (real && Numbers.isNumber(a) && Numbers.isNumber(b) && !Truths.holds(b)) {
            throw Fault.zero("float divmod()");
        }
        if (!Numbers.isNumber(a) && !(a instanceof Delta)) {
            throw Fault.type("unsupported operand type(s) for divmod(): '"
                    + a.type().name() + "' and '" + b.type().name() + "'");
        }
        return new Value(Tuple.of(
                new Value(Arithmetic.compute(s.context(), BinaryOperation.FLOOR_DIVIDE, a, b)),
                new Value(Arithmetic.compute(s.context(), BinaryOperation.MODULO, a, b))));
    }

    private static Value power(Slots s) {
        if (!s.has(2) || s.payload(2) == Nothing.NOTHING) {
            return new Value(Arithmetic.compute(s.context(), BinaryOperation.POWER, s.payload(0), s.payload(1)));
        }
        if (!Numbers.isWhole(s.payload(0)) || !Numbers.isWhole(s.payload(1)) || !Numbers.isWhole(s.payload(2))) {
            throw Fault.type("pow() 3rd argument not allowed unless all arguments are integers");
        }
        return new Value(Arithmetic.power(
                s.context(), Numbers.whole(s.payload(0)), Numbers.whole(s.payload(1)), Numbers.whole(s.payload(2))));
    }

    private static Value rounded(Slots s) {
        boolean places = s.has(1) && s.payload(1) != Nothing.NOTHING;
        Payload of = s.payload(0);
        if (!Numbers.isNumber(of)) {
            throw Fault.type("type " + of.type().name() + " doesn't define __round__ method");
        }
        long digits = places ? s.whole(1) : 0;
        if (of instanceof Real real) {
            if (places) {
                return Value.of(Reals.round(real.value(), digits));
            }
            return new Value(Constructors.whole(Math.rint(real.value())));
        }
        Whole whole = Numbers.whole(of);
        if (digits >= 0) {
            return new Value(whole);
        }
        if (-digits > whole.bits() / 3 + 2) {
            return Value.of(0);
        }
        java.math.BigDecimal rounded =
                new java.math.BigDecimal(whole.big()).setScale((int) digits, java.math.RoundingMode.HALF_EVEN);
        return new Value(Whole.of(rounded.toBigInteger()));
    }

    private static Prospect rounding(Outlines o) {
        boolean plain = !o.has(1) || o.at(1).isOnly(Kind.NONE);
        boolean real = o.at(0).may(Kind.FLOAT);
        Outline result = o.at(0).mayAny(Outlines.WHOLES) ? Outline.whole(Outline.plus(o.extent(0), 1)) : Outline.NEVER;
        Errors errors = o.unless(0, Outlines.NUMBERS).and(o.unless(1, Outlines.WHOLES | Kind.NONE.bit()));
        if (real) {
            result = result.union(plain || o.at(1).may(Kind.NONE) ? Outline.whole(129) : Outline.NEVER);
            result = result.union(plain ? Outline.NEVER : Outline.FLOAT);
            Long places = o.at(1).constantWhole();
            boolean safe = !plain && places != null && places >= 0;
            errors = errors.andIf(!safe, Errors.OVERFLOW).andIf(plain || o.at(1).may(Kind.NONE), Errors.VALUE);
        }
        return Prospect.of(result, errors);
    }

    private static Value isInstance(Slots s, Type type) {
        return Value.of(isInstance(s, type, s.deep(1).payload(), 0));
    }

    private static boolean isInstance(Slots s, Type type, Payload of, int depth) {
        if (of instanceof Type wanted) {
            return type.isWithin(wanted);
        }
        if (of instanceof Tuple tuple && depth < 50) {
            for (Value each : tuple.elements()) {
                if (isInstance(s, type, each.payload(), depth + 1)) {
                    return true;
                }
            }
            return false;
        }
        throw Fault.type(s.function() + "() arg 2 must be a type, a tuple of types, or a union");
    }

    private static Prospect instance(Outlines o) {
        Outline types = o.at(1);
        Outline inside = types.only(Kind.TUPLE).elementOrNone();
        boolean good = types.isOnly(Kind.TYPE.bit() | Kind.TUPLE.bit()) && inside.isOnly(Kind.TYPE);
        return Prospect.of(Outline.BOOL, Errors.NONE.andIf(!good, Errors.TYPE));
    }

    /** The hash of an int, bool or integral float is CPython's; of a string it is this one's own, the same every time. */
    private static Value hash(Slots s) {
        Payload of = s.payload(0);
        if (Numbers.isWhole(of)
                || (of instanceof Real real
                        && real.value() == Math.rint(real.value())
                        && !Double.isInfinite(real.value()))) {
            Whole whole = of instanceof Real real ? Numbers.cut(real.value()) : Numbers.whole(of);
            java.math.BigInteger prime = java.math.BigInteger.ONE.shiftLeft(61).subtract(java.math.BigInteger.ONE);
            long hash = whole.big().abs().mod(prime).longValue();
            long signed = whole.sign() < 0 ? -hash : hash;
            return Value.of(signed == -1 ? -2 : signed);
        }
        if (of instanceof Text text) {
            long hash = 1125899906842597L;
            for (int i = 0; i < text.string().length(); i++) {
                hash = 31 * hash + text.string().charAt(i);
            }
            return Value.of(hash);
        }
        throw Fault.type("hash() is there for numbers and strings only, not for '" + s.typeName(0) + "'");
    }

    private static Value next(Slots s) {
        if (!(s.payload(0) instanceof IteratorBox iterator)) {
            throw Fault.type("'" + s.typeName(0) + "' object is not an iterator")
                    .by(Label.BOTTOM);
        }
        Label writing = s.writing();
        if (!writing.isBottom()) {
            iterator.raise(writing);
        }
        Value each = iterator.next(s.context());
        s.tell(iterator.control());
        if (each == null) {
            if (!s.has(1)) {
                throw Fault.of(ErrorKind.STOP_ITERATION, "").by(iterator.control());
            }
            return s.at(1);
        }
        return each;
    }

    private static Prospect zipped(Outlines o) {
        List<Outline> parts = new ArrayList<>();
        Errors errors = Errors.NONE;
        Pulls pulls = Pulls.NONE.and(Errors.NONE.andIf(o.has(0), Errors.VALUE));
        long extent = o.rest().isEmpty() ? 0 : Outline.UNBOUNDED;
        for (Outline each : o.rest()) {
            Prospect inner = Iterators.outline(each);
            errors = errors.and(inner.errors());
            pulls = pulls.with(inner.result().pulling());
            extent = Math.min(extent, inner.result().extent());
            parts.add(inner.result().elementOrNone());
        }
        return Prospect.of(
                Outline.holding(Kind.ITERATOR, extent, Outline.tuple(parts), null)
                        .pulling(pulls.around()),
                errors.and(pulls.refusals()));
    }

    private static Value sorted(Slots s) {
        if (!Iterators.isIterable(s.payload(0))) {
            throw Fault.type("'" + s.typeName(0) + "' object is not iterable").by(Label.BOTTOM);
        }
        Lists.Collected all = Lists.collect(s.context(), s.at(0));
        Lists.Sorted sorted = Lists.sorted(s.context(), all.elements(), s.or(1, Value.NOTHING), s.flag(2));
        ListBox made = ListBox.like(sorted.elements(), all.control(), sorted.compared());
        return new Value(made);
    }

    /** What the keys can be by which something is sorted or chosen, and what asking for them may raise. */
    static Prospect keyed(Outlines o, int place, Outline element) {
        Outline key = o.at(place);
        if (!o.has(place) || key.isOnly(Kind.NONE)) {
            return Prospect.sure(element);
        }
        Prospect called = Calls.outline(key.without(Kind.NONE), List.of(element), Map.of(), o.callback());
        return key.may(Kind.NONE) ? called.or(Prospect.sure(element)) : called;
    }

    /** The most bytes that computing so many keys takes, where what is built in does; a function of the plan is told apart. */
    static long computing(Outlines o, int place, Prospect keyed, long times) {
        Set<Payload> known = o.at(place).known();
        boolean builtIn = o.has(place) && known != null && known.stream().noneMatch(UserFunction.class::isInstance);
        return builtIn ? Outline.times(times, keyed.ownBytes()) : 0;
    }

    private static Value extreme(Slots s, Comparison by) {
        List<Value> all = s.rest();
        if (all.isEmpty()) {
            if (!Iterators.isIterable(s.payload(0))) {
                throw Fault.type("'" + s.typeName(0) + "' object is not iterable")
                        .by(Label.BOTTOM);
            }
            Lists.Collected collected = Lists.collect(s.context(), s.at(0));
            s.tell(collected.control());
            all = collected.elements();
        } else {
            all = new ArrayList<>(all);
            all.addFirst(s.at(0));
            if (s.has(2)) {
                throw Fault.type(
                        "Cannot specify a default for " + s.function() + "() with multiple positional arguments");
            }
        }
        if (all.isEmpty()) {
            if (s.has(2)) {
                return s.at(2);
            }
            throw Fault.value(s.function() + "() arg is an empty sequence").by(s.label());
        }
        Value key = s.or(1, Value.NOTHING);
        Value best = null;
        Value bestKey = null;
        for (Value each : all) {
            s.context().steps(1);
            Value mine = key.payload() == Nothing.NOTHING ? each : s.context().call(key, Arguments.of(each));
            s.tell(Labels.deep(mine));
            if (bestKey != null) {
                // Asking for this key may have changed that one.
                s.tell(Labels.deep(bestKey));
            }
            if (bestKey == null || Order.compare(s.context(), by, mine.payload(), bestKey.payload(), 0)) {
                best = each;
                bestKey = mine;
            }
        }
        return java.util.Objects.requireNonNull(best);
    }

    private static Prospect extremes(Outlines o, boolean least) {
        Errors errors = Errors.NONE;
        Outline element;
        long count = o.rest().size() + 1L;
        if (o.rest().isEmpty()) {
            Prospect inner = Iterators.all(o.at(0));
            count = inner.result().extent();
            element = inner.result().elementOrNone();
            errors = errors.and(inner.errors()).andIf(!o.has(2), Errors.VALUE);
        } else {
            element = o.at(0).union(Displays.union(o.rest()));
            errors = errors.andIf(o.has(2), Errors.TYPE);
        }
        Prospect keyed = keyed(o, 1, element);
        if (!o.rest().isEmpty() && element.isOnly(Outlines.WHOLES) && !o.has(1)) {
            return new Prospect(best(o, least, element), errors, null, false);
        }
        return new Prospect(
                        o.has(2) ? element.union(o.at(2)) : element,
                        errors.and(keyed.errors()).and(Order.errors(keyed.result(), keyed.result())),
                        null,
                        keyed.unbounded())
                .taking(Outline.times(count, Lists.MADE))
                .taking(computing(o, 1, keyed, count));
    }

    /** The least or the greatest of several ints. */
    private static Outline best(Outlines o, boolean least, Outline element) {
        long low = o.at(0).low();
        long high = o.at(0).high();
        for (Outline each : o.rest()) {
            low = least ? Math.min(low, each.low()) : Math.max(low, each.low());
            high = least ? Math.min(high, each.high()) : Math.max(high, each.high());
        }
        return element.anyValue().between(low, high);
    }

    private static Value sum(Slots s) {
        Value total = s.or(1, Value.of(0));
        if (total.payload() instanceof Text) {
            throw Fault.type("sum() can't sum strings [use ''.join(seq) instead]");
        }
        IteratorBox iterator = iterator(s, 0);
        for (Value each = iterator.next(s.context()); each != null; each = iterator.next(s.context())) {
            s.context().steps(1);
            total = BinaryOperation.ADD.apply(s.context(), total, each);
        }
        s.tell(iterator.control());
        return total;
    }

    private static Prospect summing(Outlines o) {
        Prospect inner = Iterators.all(o.at(0));
        Outline start = o.has(1) ? o.at(1) : Outline.of(Value.of(0));
        Outline held = inner.result().elementOrNone();
        Outline element = start.isOnly(Outlines.NUMBERS) ? held.orNumber() : held;
        Errors errors = inner.errors().andIf(start.may(Kind.STR), Errors.TYPE);
        Outline total = start;
        Prospect step = BinaryOperation.ADD.outline(total, element);
        for (int i = 0; i < 4 && !element.isNever(); i++) {
            step = BinaryOperation.ADD.outline(total, element);
            errors = errors.and(step.errors());
            total = total.union(step.result());
        }
        long extent = total.isOnly(Outlines.NUMBERS)
                ? Outline.plus(Math.max(start.extent(), element.extent()), 9)
                : Outline.plus(start.extent(), Outline.times(inner.result().extent(), element.extent()));
        Outline result = total.anyValue().mask() == Kind.INT.bit() ? Outline.whole(extent) : total.extent(extent);
        // Each sum on the way is made for itself.
        return new Prospect(result, errors, null, step.unbounded())
                .taking(Outline.times(
                        inner.result().extent(),
                        BinaryOperation.ADD.outline(result, element).ownBytes()));
    }
}
