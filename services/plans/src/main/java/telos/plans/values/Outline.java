package telos.plans.values;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What everybody may know of a value that not everybody may read: the kinds it can be of, how large it can be, and for
 * what holds values, what those can be. It is public: in two runs that differ only in what is secret, it is the same.
 *
 * <p>Extent: bytes of an int, code points of a string, elements of what holds elements (of an iterator: those to come);
 * the largest of its kinds. {@link #UNBOUNDED} where nothing bounds it. Outlines lie at most {@link #DEEPEST} deep; what
 * lies deeper is {@link #ANY}. The file is long because all that can be known of a value stands in one place.
 */
@SuppressWarnings("ReferenceEquality") // the same object is meant
public final class Outline {
    public static final long UNBOUNDED = Long.MAX_VALUE;
    public static final int DEEPEST = 6;
    static final long UNKNOWN_LOW = Long.MIN_VALUE;
    static final long UNKNOWN_HIGH = Long.MAX_VALUE;
    static final int MOST_KNOWN = 16;
    private static final int LONGEST_CONSTANT = 256;
    static final int MOST_FIELDS = 64;

    /** Of a whole number that comes from outside, in bytes: a thousand digits. */
    public static final int LARGEST_NUMBER = 512;

    private static final int MOST_PARTS = 4096;
    private static final long ALL_KINDS = (1L << Kind.values().length) - 1;
    private static final int KEPT = 80;

    private static final long RECORDS = Kind.TUPLE.bit() | Kind.DICT.bit() | Kind.INSTANCE.bit();

    /** Kinds of what holds nothing, calls nothing and never changes. */
    private static final long SCALARS = Kind.NONE.bit()
            | Kind.BOOL.bit()
            | Kind.INT.bit()
            | Kind.FLOAT.bit()
            | Kind.STR.bit()
            | Kind.DATETIME.bit()
            | Kind.DATE.bit()
            | Kind.TIME.bit()
            | Kind.TIMEDELTA.bit()
            | Kind.TIMEZONE.bit();

    private static final long WHOLES = Kind.INT.bit() | Kind.BOOL.bit();
    private static final long NUMBERS = WHOLES | Kind.FLOAT.bit();

    private static final long HOLDING = Kind.TUPLE.bit()
            | Kind.LIST.bit()
            | Kind.DICT.bit()
            | Kind.SET.bit()
            | Kind.FROZENSET.bit()
            | Kind.RANGE.bit()
            | Kind.EXCEPTION.bit()
            | Kind.INSTANCE.bit()
            | Kind.MEMBER.bit()
            | Kind.ITERATOR.bit()
            | Kind.VIEW.bit();

    private static final long CHANGING = Kind.LIST.bit()
            | Kind.DICT.bit()
            | Kind.SET.bit()
            | Kind.INSTANCE.bit()
            | Kind.ITERATOR.bit()
            | Kind.VIEW.bit();

    private static final long LEADING = CHANGING | Kind.TUPLE.bit() | Kind.FUNCTION.bit() | Kind.EXCEPTION.bit();

    /** Of no kind: what an empty list holds. Whatever is done with it is never done. */
    public static final Outline NEVER = new Outline(0, 0, null, null, Set.of());

    /** Anything at all. */
    public static final Outline ANY = new Outline(ALL_KINDS, UNBOUNDED, null, null, null);

    public static final Outline NONE = simple(Kind.NONE);
    public static final Outline BOOL = simple(Kind.BOOL);
    public static final Outline FLOAT = simple(Kind.FLOAT);
    private static final Outline TRUE = constant(BOOL, Truth.TRUE);
    private static final Outline FALSE = constant(BOOL, Truth.FALSE);
    private static final @Nullable Outline[] SMALL = new Outline[1 << 10];
    private static final Outline[] WHOLE = new Outline[KEPT];

    static {
        for (int i = 0; i < KEPT; i++) {
            WHOLE[i] = new Outline(Kind.INT.bit(), i, null, null, Set.of());
        }
    }

    /** Kinds of objects. */
    static final List<Kind> BOXES =
            List.of(Kind.LIST, Kind.DICT, Kind.SET, Kind.FROZENSET, Kind.INSTANCE, Kind.ITERATOR);

    private final long kinds;
    private final long extent;
    private final @Nullable Outline element;
    private final @Nullable Outline key;
    /** Callables, types, the types of instances and members, and what views show; null where any. */
    private final @Nullable Set<Payload> known;
    /** The scalar that it is, where that is public. */
    private final @Nullable Payload constant;
    /**
     * What is under each key of a dictionary, each name of an instance, each position ("0", "1" …) of a tuple, where
     * everybody may know which of them there are.
     */
    private final @Nullable Map<String, Outline> fields;
    /** What taking elements out of an iterator may come to. */
    private final Pulls pulls;

    /** Between which ints one lies that it may be, as far as something bounds that: {@link #UNKNOWN_LOW}, {@link #UNKNOWN_HIGH}. */
    private final long low;

    private final long high;

    /**
     * Where positive: the int that it may be lies no farther from zero than 2 to this number less one, times
     * 2<sup>{@value #ADDITIONS}</sup> and the additions that the run has made so far. A sum of such an int and of one that lies
     * no farther than the power alone is such an int again, so that what adds up in a loop is told the same in each turn,
     * however many there are. That is also how {@link #low}, {@link #high} and {@link #extent} are told then, for no run makes
     * more than as many additions: at a nanosecond each they take five hours.
     */
    private final int pace;

    private static final int ADDITIONS = 44;

    /** The {@link #pace} of an int that lies so near to zero that, though it grows, it is told how far it lies. */
    private static final int NEAR = 5;

    private static final int FASTEST = 1 << 16;

    private final int depth;
    private final int weight;
    private final boolean leads;
    /** The kinds of all that it may be or hold, however deep. */
    private final long reach;
    /** Whether it says the same of every run: it names no callables and types of a plan. */
    private final boolean plain;

    private Outline(
            long kinds, long extent, @Nullable Outline element, @Nullable Outline key, @Nullable Set<Payload> known) {
        this(kinds, extent, element, key, known, null, null, Pulls.NONE);
    }

    private Outline(
            long kinds,
            long extent,
            @Nullable Outline element,
            @Nullable Outline key,
            @Nullable Set<Payload> known,
            @Nullable Payload constant,
            @Nullable Map<String, Outline> fields,
            Pulls pulls) {
        this(kinds, extent, element, key, known, constant, fields, pulls, UNKNOWN_LOW, UNKNOWN_HIGH, 0);
    }

    private Outline(
            long kinds,
            long extent,
            @Nullable Outline element,
            @Nullable Outline key,
            @Nullable Set<Payload> known,
            @Nullable Payload constant,
            @Nullable Map<String, Outline> fields,
            Pulls pulls,
            long low,
            long high,
            int pace) {
        boolean whole = (kinds & Kind.INT.bit()) != 0;
        this.low = whole ? low : UNKNOWN_LOW;
        this.high = whole ? high : UNKNOWN_HIGH;
        this.pace = whole ? pace : 0;
        this.kinds = kinds;
        this.extent = extent;
        this.element = element == null ? null : element.held();
        this.key = key;
        this.known = known;
        this.constant = constant;
        this.fields = fields == null ? null : held(fields);
        this.pulls = pulls;
        int deepest = 0;
        int parts = 1;
        boolean plainly = known != null && known.isEmpty();
        if (this.element != null) {
            deepest = this.element.depth + 1;
            parts += this.element.weight;
            plainly &= this.element.plain;
        }
        if (key != null) {
            deepest = Math.max(deepest, key.depth + 1);
            parts += key.weight;
            plainly &= key.plain;
        }
        if (this.fields != null) {
            for (Outline each : this.fields.values()) {
                deepest = Math.max(deepest, each.depth + 1);
                parts += each.weight;
                plainly &= each.plain;
            }
        }
        this.depth = deepest;
        this.weight = parts;
        this.leads = mayLead();
        this.reach = reach();
        this.plain = plainly;
    }

    private static Outline simple(Kind kind) {
        return new Outline(kind.bit(), 8, null, null, Set.of());
    }

    /** Something of that kind with nothing inside, of at most that extent. */
    public static Outline of(Kind kind, long extent) {
        return switch (kind) {
            case INT -> whole(extent);
            case NONE -> NONE;
            case BOOL -> BOOL;
            case FLOAT -> FLOAT;
            default -> new Outline(kind.bit(), extent, null, null, opaque(kind) ? null : Set.of());
        };
    }

    private static boolean opaque(Kind kind) {
        return kind == Kind.FUNCTION || kind == Kind.TYPE || kind == Kind.INSTANCE || kind == Kind.MEMBER;
    }

    /** An int whose magnitude and sign take at most so many bytes. */
    public static Outline whole(long bytes) {
        return bytes >= 0 && bytes < KEPT
                ? WHOLE[(int) bytes]
                : new Outline(Kind.INT.bit(), bytes, null, null, Set.of());
    }

    /** An int from 0 to that. */
    static Outline upTo(long most) {
        return whole(most == UNBOUNDED ? 9 : (64 - Long.numberOfLeadingZeros(most)) / 8 + 1)
                .between(0, most);
    }

    /** An int between these; where that leaves one, that one. */
    static Outline within(long least, long most) {
        if (least == most) {
            return exactly(Whole.of(least));
        }
        long farthest = Math.max(Math.abs(least), Math.abs(most));
        return whole((Long.SIZE - Long.numberOfLeadingZeros(farthest)) / 8 + 1).between(least, most);
    }

    /** The same, an int among others, where the int lies between these, either of which may be unknown. */
    Outline between(long least, long most) {
        return least == UNKNOWN_LOW && most == UNKNOWN_HIGH
                ? this
                : new Outline(kinds, extent, element, key, known, constant, fields, pulls, least, most, 0);
    }

    /** The least int that it can be, or that is not known; a bool counts as one. */
    long low() {
        Long is = constantWhole();
        return is != null ? is : may(Kind.INT) ? low : 0;
    }

    long high() {
        Long is = constantWhole();
        return is != null ? is : may(Kind.INT) ? high : 1;
    }

    /** Whether it is surely an index into something of that size. */
    public boolean isIndex(int size) {
        return isOnly(WHOLES) && low() >= -size && high() < size;
    }

    /** Whether it is a whole number that, as an index, counts from the start. */
    public boolean countsFromStart() {
        return isOnly(WHOLES) && low() >= 0;
    }

    private boolean isBounded() {
        return low != UNKNOWN_LOW || high != UNKNOWN_HIGH || pace > 0;
    }

    /** Whether it may be an int that does not lie near to zero and of which is not told how fast it grows. */
    public boolean isGrowing() {
        return may(Kind.INT) && constant == null && pace == 0 && pace() >= NEAR;
    }

    /** Whether it is told of the int how fast it grows. */
    boolean isPaced() {
        return pace > 0;
    }

    /**
     * How far from zero the int lies, of one that is told by its pace per addition, as a power of two, and one more; 0 where that
     * is not known.
     */
    int pace() {
        if (pace > 0) {
            return pace;
        }
        if (!may(Kind.INT)) {
            return 1;
        }
        boolean known = low() != UNKNOWN_LOW && high() != UNKNOWN_HIGH;
        long most = known ? Math.max(Math.abs(low()), Math.abs(high())) : 0;
        return known
                ? 1 + (most <= 1 ? 0 : Long.SIZE - Long.numberOfLeadingZeros(most - 1))
                : extent < FASTEST / 8 ? (int) (8 * extent) : 0;
    }

    /** The same, an int among others, of which only that is known. */
    Outline paced(int pace, boolean negative) {
        int bits = pace + ADDITIONS;
        boolean known = bits < Long.SIZE - 1;
        return new Outline(
                kinds,
                isOnly(NUMBERS) ? bits / 8 + 1 : Math.max(extent, bits / 8 + 1),
                element,
                key,
                this.known,
                null,
                fields,
                pulls,
                !negative ? 0 : known ? -(1L << bits) : UNKNOWN_LOW,
                known ? 1L << bits : UNKNOWN_HIGH,
                pace);
    }

    /** The same, of something that was the given one before: an int that has grown is told by how fast it grows. */
    public Outline pacedAfter(Outline before) {
        if (this == before) {
            return this;
        }
        if (isGrowing() && isOnly(NUMBERS) && before.may(Kind.INT) && before.pace() >= NEAR) {
            boolean grown = low() < before.low() || high() > before.high() || extent > before.extent;
            if (grown) {
                return paced(Math.max(1, pace() - ADDITIONS), low() < 0);
            }
        }
        Outline held = element == null || before.element == null ? element : element.pacedAfter(before.element);
        Map<String, Outline> all = fields;
        if (fields != null && before.fields != null && fields != before.fields) {
            all = new LinkedHashMap<>(fields);
            for (Map.Entry<String, Outline> each : all.entrySet()) {
                Outline was = before.fields.get(each.getKey());
                each.setValue(was == null ? each.getValue() : each.getValue().pacedAfter(was));
            }
        }
        return held == element && all == fields
                ? this
                : new Outline(kinds, extent, held, key, known, constant, all, pulls, low, high, pace);
    }

    private boolean isUnbound() {
        boolean unbound = !isBounded()
                && constant == null
                && (element == null || element.isUnbound())
                && (key == null || key.isUnbound());
        if (unbound && fields != null) {
            for (Outline each : fields.values()) {
                unbound &= each.isUnbound();
            }
        }
        return unbound;
    }

    /** The same without saying between which numbers ints lie, however deep. */
    public Outline unbound() {
        if (isUnbound()) {
            return this;
        }
        return inside(Outline::unbound);
    }

    /** The same with other insides; nothing is said of which one it is or between which numbers it lies. */
    private Outline inside(UnaryOperator<Outline> each) {
        Map<String, Outline> all = fields;
        if (fields != null) {
            all = new LinkedHashMap<>(fields);
            all.replaceAll((_, part) -> each.apply(part));
        }
        return new Outline(
                kinds,
                extent,
                element == null ? null : each.apply(element),
                key == null ? null : each.apply(key),
                known,
                null,
                all,
                pulls);
    }

    /** The same, of something that has grown from the given one and goes on growing. */
    public Outline widened(Outline before) {
        Outline now = unbound();
        return before.unbound().covers(now) ? now : now.endless();
    }

    /** A string of at most so many code points. */
    public static Outline text(long points) {
        return new Outline(Kind.STR.bit(), points, null, null, Set.of());
    }

    /** Something that holds at most so many elements (for a dictionary: values), each of which can be as told. */
    public static Outline holding(Kind kind, long extent, Outline element, @Nullable Outline key) {
        return new Outline(
                kind.bit(),
                extent,
                element.cut(DEEPEST - 1),
                key == null ? null : key.anyValue().cut(DEEPEST - 1),
                Set.of());
    }

    /** A tuple of exactly these. */
    static Outline tuple(List<Outline> parts) {
        if (parts.size() > MOST_FIELDS) {
            Outline all = NEVER;
            for (Outline each : parts) {
                all = all.union(each);
            }
            return holding(Kind.TUPLE, parts.size(), all, null);
        }
        Map<String, Outline> fields = new LinkedHashMap<>();
        for (int i = 0; i < parts.size(); i++) {
            fields.put(Integer.toString(i), parts.get(i));
        }
        return record(Kind.TUPLE, fields, null);
    }

    /** A dictionary with exactly these keys. */
    public static Outline dict(Map<String, Outline> fields) {
        if (fields.size() > MOST_FIELDS) {
            return holding(Kind.DICT, fields.size(), unionOf(fields), text(LONGEST_CONSTANT));
        }
        long longest = 0;
        for (String each : fields.keySet()) {
            longest = Math.max(longest, each.codePointCount(0, each.length()));
        }
        return record(Kind.DICT, fields, fields.isEmpty() ? NEVER : text(longest));
    }

    static Outline instance(Type type, Map<String, Outline> fields) {
        Outline held = record(Kind.INSTANCE, fields, null);
        return new Outline(held.kinds, held.extent, held.element, null, Set.of(type), null, held.fields, Pulls.NONE);
    }

    private static Outline record(Kind kind, Map<String, Outline> fields, @Nullable Outline key) {
        Map<String, Outline> cut = new LinkedHashMap<>();
        long parts = 0;
        for (Map.Entry<String, Outline> each : fields.entrySet()) {
            Outline part = each.getValue().cut(DEEPEST - 1);
            cut.put(each.getKey(), part);
            parts += part.weight;
        }
        if (parts > MOST_PARTS) {
            return holding(kind, fields.size(), unionOf(cut), key);
        }
        return new Outline(kind.bit(), fields.size(), unionOf(cut), key, Set.of(), null, cut, Pulls.NONE);
    }

    private static Outline unionOf(Map<String, Outline> fields) {
        Outline all = NEVER;
        for (Outline each : fields.values()) {
            all = all.union(each);
        }
        return all;
    }

    static Outline known(Kind kind, Payload payload) {
        return new Outline(kind.bit(), 8, null, null, Set.of(payload));
    }

    /** What everybody may know of this value: what it carries, else what it is. */
    public static Outline of(Value value) {
        Outline carried = value.outline();
        if (carried == null) {
            Payload payload = value.payload();
            if (payload instanceof Whole whole) {
                return exactly(whole);
            }
            if (payload instanceof Text text) {
                return text.outline();
            }
            return payload instanceof Box box ? box.outline() : exact(payload, Sight.first());
        }
        return !carried.leads() ? carried : Sight.now(value.payload(), carried, Sight.NOW, false);
    }

    static Outline exact(Payload payload, Sight sight) {
        return switch (payload) {
            case Nothing _ -> NONE;
            case Truth truth -> truth.holds() ? TRUE : FALSE;
            case Real _ -> constant(FLOAT, payload);
            case Whole whole -> exactly(whole);
            case Text text -> text.outline();
            case Box box -> box.outline();
            case Tuple tuple -> tuple.outline(sight);
            case Span span ->
                new Outline(
                        Kind.RANGE.bit(),
                        span.length().clamped(),
                        whole(Math.max(span.start().bits(), span.stop().bits()) / 8 + 1),
                        null,
                        Set.of());
            case DictView view -> view(view.dict().captured(sight), view.of());
            case ExceptionBox exception ->
                new Outline(
                        Kind.EXCEPTION.bit(),
                        exception.arguments().size(),
                        sight.all(exception.arguments()).cut(DEEPEST - 1),
                        null,
                        Set.of());
            case Member member ->
                new Outline(Kind.MEMBER.bit(), 8, sight.inside(member.value()), null, Set.of(member.type()));
            case Type type -> known(Kind.TYPE, type);
            case Builtin builtin -> known(Kind.FUNCTION, builtin);
            case BoundMethod method -> known(Kind.FUNCTION, method);
            case UserFunction function -> known(Kind.FUNCTION, function);
            default -> of(payload.kind(), 8);
        };
    }

    /** Of that int, and no other. */
    private static Outline exactly(Whole whole) {
        if (!whole.isSmall()) {
            return whole(whole.bits() / 8 + 1)
                    .between(
                            whole.sign() > 0 ? Long.MAX_VALUE - 1 : UNKNOWN_LOW,
                            whole.sign() < 0 ? Long.MIN_VALUE + 2 : UNKNOWN_HIGH);
        }
        long small = whole.small();
        if (small < 0 || small >= SMALL.length) {
            return constant(whole(whole.bits() / 8 + 1), whole);
        }
        Outline known = SMALL[(int) small];
        if (known == null) {
            known = constant(whole(whole.bits() / 8 + 1), whole);
            SMALL[(int) small] = known;
        }
        return known;
    }

    /** Of that string, and no other where it is short. */
    static Outline exactly(Text text) {
        return constant(text(text.length()), text.length() <= LONGEST_CONSTANT ? text : null);
    }

    private static Outline constant(Outline of, @Nullable Payload payload) {
        return new Outline(of.kinds, of.extent, null, null, of.known, payload, null, Pulls.NONE);
    }

    static Outline view(Outline dict, DictView.Of of) {
        Outline element = switch (of) {
            case KEYS -> dict.keyOrNone();
            case VALUES -> dict.elementOrNone();
            case ITEMS -> tuple(List.of(dict.keyOrNone(), dict.elementOrNone()));
        };
        return new Outline(Kind.VIEW.bit(), dict.extent, element.cut(DEEPEST - 1), null, Set.of(DictView.told(of)));
    }

    /** What this, a view, can be where it is one of a dictionary of which so much is known. */
    public Outline seen(Outline dict) {
        Outline all = this;
        for (DictView.Of each : DictView.Of.values()) {
            if (known == null || known.contains(DictView.told(each))) {
                all = all.union(view(dict, each));
            }
        }
        return all;
    }

    static Outline ofAll(Collection<Value> values) {
        return Sight.first().all(values);
    }

    /** Of a value that something else holds. */
    static Outline inside(Value value) {
        Outline carried = value.outline();
        Payload payload = value.payload();
        if (carried != null && !carried.leads()) {
            return carried;
        }
        if (carried == null && (payload instanceof Whole || payload instanceof Text || payload instanceof Truth)) {
            return of(value);
        }
        return Sight.first().inside(value);
    }

    public Outline union(Outline other) {
        if (this == other || other.kinds == 0) {
            return this;
        }
        if (kinds == 0 || other == ANY) {
            return other;
        }
        if (this == ANY || covers(other)) {
            return this;
        }
        if (other.covers(this)) {
            return other;
        }
        return new Outline(
                kinds | other.kinds,
                Math.max(extent, other.extent),
                union(element, other.element, holds(), other.holds()),
                union(key, other.key, is(Kind.DICT), other.is(Kind.DICT)),
                union(known, other.known),
                isConstant(other.constant) ? constant : null,
                united(fields, other.fields, (kinds & RECORDS) != 0, (other.kinds & RECORDS) != 0, kinds | other.kinds),
                pulls.and(other.pulls),
                Math.min(mayAny(WHOLES) ? low() : UNKNOWN_HIGH, other.mayAny(WHOLES) ? other.low() : UNKNOWN_HIGH),
                Math.max(mayAny(WHOLES) ? high() : UNKNOWN_LOW, other.mayAny(WHOLES) ? other.high() : UNKNOWN_LOW),
                pace(this, other));
    }

    /** The least pace of which the int can be told; 0 where it cannot. */
    private int least() {
        int all = pace();
        return pace > 0 || all == 0 ? all : Math.max(1, all - ADDITIONS);
    }

    private static int pace(Outline one, Outline two) {
        boolean numbers = one.isOnly(NUMBERS) && two.isOnly(NUMBERS);
        if (!numbers || (one.pace == 0 && two.pace == 0)) {
            return 0;
        }
        int mine = one.least();
        int theirs = two.least();
        return mine == 0 || theirs == 0 ? 0 : Math.max(mine, theirs);
    }

    private static @Nullable Map<String, Outline> united(
            @Nullable Map<String, Outline> one,
            @Nullable Map<String, Outline> two,
            boolean oneMay,
            boolean twoMay,
            long kinds) {
        if ((one == null && oneMay) || (two == null && twoMay) || Long.bitCount(kinds & RECORDS) != 1) {
            return null;
        }
        if (one == null || two == null || one == two) {
            return one == null ? two : one;
        }
        if (!one.keySet().equals(two.keySet())) {
            return null;
        }
        Map<String, Outline> both = new LinkedHashMap<>();
        for (Map.Entry<String, Outline> each : one.entrySet()) {
            Outline theirs = two.get(each.getKey());
            both.put(
                    each.getKey(),
                    theirs == null ? each.getValue() : each.getValue().union(theirs));
        }
        return both;
    }

    private boolean isConstant(@Nullable Payload other) {
        Payload mine = constant;
        return mine == other
                || (mine != null && other != null && mine.kind() == other.kind() && Equality.equal(mine, other));
    }

    private static @Nullable Outline union(
            @Nullable Outline one, @Nullable Outline two, boolean oneHolds, boolean twoHolds) {
        if ((one == null && oneHolds) || (two == null && twoHolds)) {
            return null;
        }
        if (one == null) {
            return two;
        }
        return two == null ? one : one.union(two);
    }

    private static @Nullable Set<Payload> union(@Nullable Set<Payload> one, @Nullable Set<Payload> two) {
        if (one == null || two == null) {
            return null;
        }
        if (one.containsAll(two)) {
            return one;
        }
        Set<Payload> both = new LinkedHashSet<>(one);
        both.addAll(two);
        return both.size() > MOST_KNOWN ? null : both;
    }

    /** Whether everything that the other can be, this can be too. */
    public boolean covers(Outline other) {
        return covers(other, false);
    }

    private boolean covers(Outline other, boolean anySize) {
        if (this == other || this == ANY || other.kinds == 0) {
            return true;
        }
        return (kinds | other.kinds) == kinds
                && (constant == null || isConstant(other.constant))
                && coversFields(other)
                && pulls.and(other.pulls) == pulls
                && (anySize || extent >= other.extent)
                && (!other.mayAny(WHOLES)
                        || (low() <= other.low()
                                && high() >= other.high()
                                && (pace == 0 || (other.least() > 0 && other.least() <= pace))))
                && covers(element, other.element, holds(), other.holds())
                && covers(key, other.key, is(Kind.DICT), other.is(Kind.DICT))
                && (known == null || (other.known != null && known.containsAll(other.known)));
    }

    /** The same, however much it can hold. */
    public boolean coversInside(Outline other) {
        return covers(other, true);
    }

    private boolean coversFields(Outline other) {
        Map<String, Outline> mine = fields;
        if (mine == null || (other.kinds & RECORDS) == 0) {
            return true;
        }
        Map<String, Outline> theirs = other.fields;
        if (theirs == null || !theirs.keySet().equals(mine.keySet())) {
            return false;
        }
        for (Map.Entry<String, Outline> each : mine.entrySet()) {
            Outline under = theirs.get(each.getKey());
            if (under == null || !each.getValue().covers(under)) {
                return false;
            }
        }
        return true;
    }

    private static boolean covers(@Nullable Outline mine, @Nullable Outline theirs, boolean iHold, boolean theyHold) {
        if (!theyHold) {
            return true;
        }
        if (mine == null) {
            return iHold;
        }
        return mine == ANY || (theirs != null && mine.covers(theirs));
    }

    private boolean holds() {
        return (kinds & HOLDING) != 0;
    }

    private Outline cut(int deepest) {
        if (depth <= deepest) {
            return this;
        }
        if (deepest <= 0) {
            return ANY;
        }
        Outline cutElement = element == null ? null : element.cut(deepest - 1);
        Outline cutKey = key == null ? null : key.cut(deepest - 1);
        if (cutElement == element && cutKey == key) {
            return this;
        }
        Map<String, Outline> cut = null;
        if (fields != null) {
            cut = new LinkedHashMap<>();
            for (Map.Entry<String, Outline> each : fields.entrySet()) {
                cut.put(each.getKey(), each.getValue().cut(deepest - 1));
            }
        }
        return new Outline(kinds, extent, cutElement, cutKey, known, constant, cut, pulls);
    }

    /** The same as far as it is of this kind. */
    Outline only(Kind kind) {
        return kinds == kind.bit() ? this : only(kind.bit());
    }

    Outline only(long mask) {
        long left = kinds & mask;
        if (left == kinds) {
            return this;
        }
        if (left == 0) {
            return NEVER;
        }
        return new Outline(
                left,
                extent,
                (left & HOLDING) == 0 ? null : element,
                (left & Kind.DICT.bit()) == 0 ? null : key,
                known,
                constant,
                (left & RECORDS) == 0 ? null : fields,
                (left & Kind.ITERATOR.bit()) == 0 ? Pulls.NONE : pulls,
                low,
                high,
                pace);
    }

    Outline without(Kind kind) {
        return only(~kind.bit());
    }

    Outline extent(long most) {
        return most == extent && !isBounded() ? this : new Outline(kinds, most, element, key, known, null, null, pulls);
    }

    /** The same that holds at most so many. */
    public Outline sized(long most) {
        return most == extent
                ? this
                : new Outline(kinds, most, element, key, known, constant, fields, pulls, low, high, pace);
    }

    /** The most steps that an operation takes which gives this, unless it is unbounded. */
    public long mostSteps() {
        return plus(4, mostBytes() / 8);
    }

    /** The most bytes that it takes. */
    public long mostBytes() {
        return Math.max(64, ownBytes());
    }

    public boolean may(Kind kind) {
        return (kinds & kind.bit()) != 0;
    }

    boolean is(Kind kind) {
        return may(kind);
    }

    boolean mayAny(long mask) {
        return (kinds & mask) != 0;
    }

    /** The same; a number where it is of no kind, as what lies in an empty list: in other worlds that may hold some. */
    Outline orNumber() {
        return isNever() ? whole(LARGEST_NUMBER) : this;
    }

    /** Whether it can be of no other kinds than these. */
    boolean isScalar() {
        return (kinds & ~SCALARS) == 0;
    }

    static boolean isScalar(Kind kind) {
        return (kind.bit() & SCALARS) != 0;
    }

    boolean isOnly(long mask) {
        return (kinds & ~mask) == 0;
    }

    public boolean isOnly(Kind kind) {
        return (kinds & ~kind.bit()) == 0;
    }

    public boolean isNever() {
        return kinds == 0;
    }

    long mask() {
        return kinds;
    }

    public Set<Kind> kinds() {
        Set<Kind> all = EnumSet.noneOf(Kind.class);
        for (Kind each : Kind.values()) {
            if (may(each)) {
                all.add(each);
            }
        }
        return all;
    }

    public long extent() {
        return extent;
    }

    /** The scalar that it is, where everybody may know that; else null. */
    public @Nullable Payload constant() {
        return constant;
    }

    @Nullable
    Text constantText() {
        return constant instanceof Text text ? text : null;
    }

    /** The int or bool that it is, where that is public and fits a long. */
    @Nullable
    Long constantWhole() {
        return switch (constant) {
            case Whole whole when whole.isSmall() -> whole.small();
            case Truth truth -> (long) truth.count();
            case null, default -> null;
        };
    }

    boolean isNonZeroConstant() {
        return switch (constant) {
            case Whole whole -> whole.sign() != 0;
            case Truth truth -> truth.holds();
            case Real real -> real.value() != 0;
            case null, default -> false;
        };
    }

    /** The same without saying which one it is. */
    Outline anyValue() {
        return constant == null
                ? this
                : new Outline(kinds, extent, element, key, known, null, fields, pulls, low(), high(), pace);
    }

    /** The same where it is known whether it counts as true, as far as that says more. */
    public Outline counting(boolean truth) {
        if (kinds == Kind.BOOL.bit()) {
            return truth ? TRUE : FALSE;
        }
        return truth ? without(Kind.NONE) : this;
    }

    /** The same without constants, however deep. */
    Outline blurred() {
        return element == null && key == null ? anyValue() : inside(Outline::blurred);
    }

    /** An iterator where taking elements out of it may raise these too. */
    Outline pulling(Errors errors) {
        return pulling(pulls.and(errors));
    }

    /** The same where taking elements out of it may come to this. */
    Outline pulling(Pulls now) {
        return now.equals(pulls) ? this : new Outline(kinds, extent, element, key, known, constant, fields, now);
    }

    Pulls pulling() {
        return this == ANY ? Pulls.ANY : pulls;
    }

    /** What taking elements out of it may raise, where it is an iterator. */
    public Errors pulls() {
        return pulling().errors();
    }

    /** The same, of an iterator that takes what its elements are computed from out of the given one. */
    public Outline around(Outline iterator) {
        return pulling(pulls.around(iterator.pulling()));
    }

    /** What making an iterator raises that takes its elements from this one. */
    public Errors refusals() {
        return pulling().refusals();
    }

    /** The same without saying which keys or positions there are. */
    Outline withoutFields() {
        return fields == null ? this : new Outline(kinds, extent, element, key, known, constant, null, pulls);
    }

    /** The same where what is under that name can also be the given one. */
    Outline withField(String name, Outline also) {
        Outline held = elementOrNone().union(also.cut(DEEPEST - 1));
        Map<String, Outline> all = null;
        Outline before = fields == null ? null : fields.get(name);
        if (fields != null && before != null) {
            all = new LinkedHashMap<>(fields);
            all.put(name, before.union(also.cut(DEEPEST - 1)));
        }
        return new Outline(kinds, extent, held, key, known, constant, all, pulls);
    }

    /** Whether it may be, or hold, what can change into something that this does not tell. */
    public boolean leads() {
        return leads && this != ANY;
    }

    /** Whether the other, an object, may be this or lie in it. */
    public boolean mayReach(Outline other) {
        return (reach & other.kinds) != 0;
    }

    private long reach() {
        boolean hidden = mayAny(Kind.FUNCTION.bit() | Kind.ITERATOR.bit() | Kind.VIEW.bit());
        if (hidden || (holds() && element == null) || (is(Kind.DICT) && key == null)) {
            return ALL_KINDS;
        }
        return kinds | (element == null ? 0 : element.reach) | (key == null ? 0 : key.reach);
    }

    private boolean mayLead() {
        boolean toldAll = (element == null || element == ANY)
                && (key == null || key == ANY)
                && extent == UNBOUNDED
                && fields == null
                && (!may(Kind.ITERATOR) || pulls.equals(Pulls.ANY));
        return !toldAll && ((kinds & CHANGING) != 0 || holdsLeading());
    }

    /** Whether it may be an object, or something that never changes and leads to one. */
    public boolean mayBeOrHoldBoxes() {
        return (kinds & LEADING) != 0;
    }

    /** Whether it is an object, of whatever kind, and no view of one. */
    public boolean isOnlyBoxes() {
        return kinds != 0 && (kinds & ~(CHANGING & ~Kind.VIEW.bit())) == 0;
    }

    /**
     * The same of something that another thing holds: where it may be an object or something else, nothing tells which object
     * it would be, so that no more is known of it than of what has changed in any way.
     */
    private Outline held() {
        boolean told =
                !leads() || isOnlyBoxes() || kinds == Kind.VIEW.bit() || (kinds == Kind.TUPLE.bit() && fields != null);
        return told ? this : changed();
    }

    private static Map<String, Outline> held(Map<String, Outline> fields) {
        for (Outline each : fields.values()) {
            if (each.held() != each) {
                Map<String, Outline> all = new LinkedHashMap<>(fields);
                all.replaceAll((_, part) -> part.held());
                return all;
            }
        }
        return fields;
    }

    /** The same once whatever it holds has changed in any way. */
    Outline holdingChanged() {
        return element == null || !holdsLeading()
                ? this
                : new Outline(kinds, extent, element.changed(), key, known, constant, null, pulls, low, high, pace);
    }

    /** Whether anything that it holds leads. */
    private boolean holdsLeading() {
        if (element == null || element.leads()) {
            return holds();
        }
        if (fields != null) {
            for (Outline each : fields.values()) {
                if (each.leads()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The same once objects of these kinds that it holds have changed in any way. */
    public Outline holdingChanged(Set<Kind> changing) {
        if (element == null || !holdsLeading()) {
            return this;
        }
        long mask = 0;
        for (Kind each : changing) {
            mask |= each.bit();
        }
        return holdingChanged(mask);
    }

    private Outline holdingChanged(long mask) {
        if (element == null || !holdsLeading()) {
            return this;
        }
        Outline held = element.changed(mask);
        Map<String, Outline> all = fields;
        boolean same = held == element;
        if (fields != null) {
            all = new LinkedHashMap<>(fields);
            for (Map.Entry<String, Outline> each : all.entrySet()) {
                Outline part = each.getValue().changed(mask);
                same &= part == each.getValue();
                each.setValue(part);
            }
        }
        return same ? this : new Outline(kinds, extent, held, key, known, constant, all, pulls, low, high, pace);
    }

    private Outline changed(long mask) {
        return (kinds & CHANGING & mask) != 0 ? changed() : holdingChanged(mask);
    }

    /**
     * The same of something that a secret chose: where it may be an iterator, nothing tells what that goes over, so that it may
     * have changed in any way where objects of these kinds may.
     */
    public Outline followed(Set<Kind> changing) {
        return may(Kind.ITERATOR)
                        && (changing.contains(Kind.LIST) || changing.contains(Kind.DICT) || changing.contains(Kind.SET))
                ? changed()
                : this;
    }

    /** The same once whatever can change has changed in any way. */
    Outline changed() {
        if (!leads()) {
            return this;
        }
        if ((kinds & CHANGING) != 0) {
            return new Outline(
                    kinds,
                    UNBOUNDED,
                    ANY,
                    may(Kind.DICT) ? ANY : null,
                    known,
                    null,
                    null,
                    may(Kind.ITERATOR) ? Pulls.ANY : pulls,
                    low,
                    high,
                    pace);
        }
        Map<String, Outline> all = null;
        if (fields != null) {
            all = new LinkedHashMap<>();
            for (Map.Entry<String, Outline> each : fields.entrySet()) {
                all.put(each.getKey(), each.getValue().changed());
            }
        }
        return new Outline(kinds, extent, elementOrNone().changed(), key, known, constant, all, pulls, low, high, pace);
    }

    /** The same where what lies in things that never change is known as told. */
    public Outline inFixed(UnaryOperator<Outline> now) {
        if ((kinds & HOLDING & ~CHANGING) == 0 || element == null || !holdsLeading()) {
            return this;
        }
        Outline held = element.union(now.apply(element).cut(DEEPEST - 1));
        Map<String, Outline> all = null;
        if (fields != null) {
            all = new LinkedHashMap<>();
            for (Map.Entry<String, Outline> each : fields.entrySet()) {
                Outline part = each.getValue();
                all.put(each.getKey(), part.leads() ? part.union(now.apply(part).cut(DEEPEST - 1)) : part);
                held = held.union(part);
            }
        }
        return new Outline(kinds, extent, held, key, known, constant, all, pulls);
    }

    /**
     * The same with what any of these objects, which it may be or hold, is known as by now.
     *
     * @param absent what is known of those among them that are there in other worlds alone
     */
    public Outline refreshed(Collection<Box> boxes, Outline absent, Function<Box, Outline> look) {
        if (!leads()) {
            return this;
        }
        Outline all = union(absent.within(this));
        if (may(Kind.VIEW) && absent.may(Kind.DICT)) {
            all = all.union(seen(absent.onlyOf(Kind.DICT)));
        }
        for (Box box : boxes) {
            if (may(box.kind())) {
                all = all.union(look.apply(box));
            }
            if (may(Kind.VIEW) && box instanceof DictBox) {
                all = all.union(seen(look.apply(box)));
            }
        }
        return all.inFixed(part -> part.refreshed(boxes, absent, look));
    }

    /** Whether nothing that it holds can change by itself. */
    public boolean isFlat() {
        return (element == null || (element.kinds & HOLDING) == 0) && (key == null || (key.kinds & HOLDING) == 0);
    }

    /** How far from zero the int that it is can lie. */
    long farthest() {
        Long is = constantWhole();
        if (is == null && low() != UNKNOWN_LOW && high() != UNKNOWN_HIGH && isOnly(WHOLES)) {
            return Math.max(Math.abs(low()), Math.abs(high()));
        }
        return is == null ? byExtent() : is == Long.MIN_VALUE ? UNBOUNDED : Math.abs(is);
    }

    /** Whether it may lie deeper than outlines tell. */
    boolean isDeep() {
        if (this == ANY) {
            return true;
        }
        return (holds() && (element == null || element.isDeep())) || (key != null && key.isDeep());
    }

    /** The greatest int that it can be, as far as its extent tells. */
    long greatest() {
        Long is = constantWhole();
        if (is != null) {
            return Math.max(0, is);
        }
        if (isOnly(Kind.BOOL)) {
            return 1;
        }
        return isOnly(WHOLES) && high() != UNKNOWN_HIGH ? Math.max(0, high()) : byExtent();
    }

    private long byExtent() {
        return extent >= 8 ? UNBOUNDED : 1L << Math.max(0, 8 * extent - 1);
    }

    /** What is under each key or position, where everybody may know which there are; else null. */
    public @Nullable Map<String, Outline> fields() {
        return fields;
    }

    /** What it holds; null where nothing is known of that, or where it holds nothing. */
    public @Nullable Outline element() {
        return element;
    }

    /** What its elements can be, anything where it holds some and nothing is known of them. */
    public Outline elementOrNone() {
        if (element != null) {
            return element;
        }
        return holds() ? ANY : NEVER;
    }

    @Nullable
    Outline key() {
        return key;
    }

    public Outline keyOrNone() {
        if (key != null) {
            return key;
        }
        return may(Kind.DICT) ? ANY : NEVER;
    }

    /** The callables, types, and types of instances and members that it can be; null where nothing is known of that. */
    public @Nullable Set<Payload> known() {
        return known;
    }

    /** The most memory that it takes with everything in it. */
    public long bytes() {
        if (extent == UNBOUNDED) {
            return UNBOUNDED;
        }
        long each = 8;
        if (element != null) {
            each = plus(each, plus(16, element.bytes()));
        }
        if (key != null) {
            each = plus(each, plus(16, key.bytes()));
        }
        return plus(32, times(extent, holds() && element == null ? UNBOUNDED : each));
    }

    /** Saturating. */
    static long plus(long a, long b) {
        return a == UNBOUNDED || b == UNBOUNDED || a > UNBOUNDED - b ? UNBOUNDED : a + b;
    }

    static long times(long a, long b) {
        if (a == 0 || b == 0) {
            return 0;
        }
        return a == UNBOUNDED || b == UNBOUNDED || a > UNBOUNDED / b ? UNBOUNDED : a * b;
    }

    private static final int MOST_SHARED_PARTS = 64;

    /** What some dictionary, whose keys are all texts, was found to be last: the next one is often alike. */
    private static @Nullable Outline lastDict;

    /** What is known of a dictionary with exactly these keys and values, where another was found to be just so. */
    static @Nullable Outline alike(Table table, Sight sight) {
        Outline last = lastDict;
        Map<String, Outline> fields = last == null ? null : last.fields;
        if (fields == null || fields.size() != table.size()) {
            return null;
        }
        int at = table.next(0);
        for (Map.Entry<String, Outline> each : fields.entrySet()) {
            Table.Entry entry = java.util.Objects.requireNonNull(table.at(at));
            Value value = entry.value;
            boolean scalar = value.outline() == each.getValue() && value.isScalar();
            if (!(entry.name.payload() instanceof Text text)
                    || entry.name.outline() != null
                    || !text.string().equals(each.getKey())
                    || !(scalar || each.getValue().says(sight.inside(value)))) {
                return null;
            }
            at = table.next(at + 1);
        }
        return last;
    }

    /** A dictionary was found to be this. */
    static void found(Outline dict) {
        if (dict.plain && dict.weight <= MOST_SHARED_PARTS && dict.depth == 1) {
            lastDict = dict;
        }
    }

    /** Outlines that say the same; each place has what came there last, so that races do no harm. */
    private static final @Nullable Outline[] SHARED = new Outline[1 << 10];

    /** One that says the same and that others have too, where there is one: comparing those costs nothing. */
    Outline shared() {
        if (!plain || weight > MOST_SHARED_PARTS) {
            return this;
        }
        int at = sameHash() & (SHARED.length - 1);
        Outline there = SHARED[at];
        if (there != null && says(there)) {
            return there;
        }
        SHARED[at] = this;
        return this;
    }

    private int sameHash() {
        int hash = Long.hashCode(kinds) * 31 + Long.hashCode(extent);
        hash = (hash * 31 + Long.hashCode(low)) * 31 + Long.hashCode(high) + pace;
        hash = hash * 31 + (element == null ? 0 : element.sameHash());
        hash = hash * 31 + (key == null ? 0 : key.sameHash());
        if (fields != null) {
            for (Map.Entry<String, Outline> each : fields.entrySet()) {
                hash = (hash * 31 + each.getKey().hashCode()) * 31
                        + each.getValue().sameHash();
            }
        }
        return hash ^ (hash >>> 16);
    }

    /** Whether both are made alike, down to the order of fields. */
    public boolean says(Outline other) {
        if (this == other) {
            return true;
        }
        if (kinds != other.kinds
                || extent != other.extent
                || low != other.low
                || high != other.high
                || pace != other.pace
                || plain != other.plain
                || !pulls.equals(other.pulls)
                || !isConstant(other.constant)
                || (constant instanceof Real && constant != other.constant) // 0.0 equals -0.0
                || !says(element, other.element)
                || !says(key, other.key)
                || !java.util.Objects.equals(known, other.known)) {
            return false;
        }
        Map<String, Outline> mine = fields;
        Map<String, Outline> theirs = other.fields;
        if (mine == null || theirs == null || mine == theirs) {
            return mine == theirs;
        }
        if (mine.size() != theirs.size()) {
            return false;
        }
        Iterator<Map.Entry<String, Outline>> each = theirs.entrySet().iterator();
        for (Map.Entry<String, Outline> one : mine.entrySet()) {
            Map.Entry<String, Outline> two = each.next();
            if (!one.getKey().equals(two.getKey()) || !one.getValue().says(two.getValue())) {
                return false;
            }
        }
        return true;
    }

    private static boolean says(@Nullable Outline one, @Nullable Outline two) {
        return one == two || (one != null && two != null && one.says(two));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Outline outline && covers(outline) && outline.covers(this);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(kinds) * 31 + Long.hashCode(extent);
    }

    @Override
    public String toString() {
        if (this == ANY) {
            return "anything";
        }
        return kinds()
                + (extent == UNBOUNDED ? "" : " of at most " + extent)
                + (isBounded() ? " from " + low + " to " + high : "")
                + (pace > 0 ? " at a pace of 2^" + (pace - 1) : "")
                + (constant == null ? "" : " that is known")
                + (key == null ? "" : " by " + key)
                + (fields != null ? " of " + fields : holds() ? " holding " + elementOrNone() : "");
    }

    /** The most memory that it takes without what it holds. */
    public long ownBytes() {
        return plus(32, times(extent, holds() ? 96 : 4));
    }

    /** The same as far as it is of kinds that the other can be too. */
    public Outline within(Outline other) {
        return only(other.kinds);
    }

    /** The same as far as it is of this kind. */
    public Outline onlyOf(Kind kind) {
        return only(kind.bit());
    }

    /** Whether both can be of one kind. */
    public boolean meets(Outline other) {
        return (kinds & other.kinds) != 0;
    }

    /** Whether it tells already of something of its kind of that size that holds such an element, under whatever key. */
    boolean isHolding(long size, Outline such) {
        return extent >= size && fields == null && element != null && element.covers(such);
    }

    /** The same where what it holds can also be the given one. */
    public Outline withElement(Outline also) {
        return holds()
                ? new Outline(
                        kinds, extent, elementOrNone().union(also.cut(DEEPEST - 1)), key, known, constant, null, pulls)
                : this;
    }

    /** The same of any size. */
    public Outline endless() {
        return new Outline(
                kinds,
                UNBOUNDED,
                element == null ? null : element.endless(),
                key == null ? null : key.endless(),
                known,
                null,
                null,
                pulls);
    }
}
