package telos.plans;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;
import telos.plans.values.BudgetSpent;
import telos.plans.values.DictBox;
import telos.plans.values.ExceptionBox;
import telos.plans.values.Kind;
import telos.plans.values.Labels;
import telos.plans.values.ListBox;
import telos.plans.values.Member;
import telos.plans.values.Nothing;
import telos.plans.values.Outline;
import telos.plans.values.Payload;
import telos.plans.values.Real;
import telos.plans.values.SetBox;
import telos.plans.values.Text;
import telos.plans.values.Texts;
import telos.plans.values.Truth;
import telos.plans.values.Tuple;
import telos.plans.values.Type;
import telos.plans.values.Value;
import telos.plans.values.Whole;

/** Values that leave a plan, and data that comes in. */
@SuppressWarnings("ReferenceEquality") // the same object is the quick way; equal ones take the slow one
final class Data {
    /** The most that one result may be; more is a failure of the tool. */
    static final int MOST_PARTS = 16_384;

    static final int MOST_ELEMENTS = 4_096;
    static final int LONGEST_TEXT = 65_536;
    static final int MOST_TEXT = 1 << 19;

    private static final Outline ANY_WHOLE = Outline.whole(Outline.LARGEST_NUMBER);
    private static final Outline ANY_TEXT = Outline.text(LONGEST_TEXT);

    private static final int DEEPEST = 200;

    /** The most that leaves a plan with one value: parts, and characters of text. */
    private static final int MOST_SENT = 1 << 18;

    private static final long MOST_SENT_TEXT = 1L << 26;

    private Data() {}

    /** A value without its labels. What has no form in JSON goes out as the text that Python prints for it. */
    static Datum out(Value value) {
        return new Outward().out(value.payload(), 0);
    }

    /** The same, charged to who may tell everybody of it. */
    static Datum sent(Machine machine, Value value) {
        Outward outward = new Outward();
        Datum datum = outward.out(value.payload(), 0);
        if (machine.pc.isBottom() && Labels.deep(value).isBottom()) {
            machine.steps(outward.parts);
            machine.bytes(16L * outward.parts);
            if (outward.isFull()) {
                throw new BudgetSpent("more than " + MOST_SENT + " parts or " + MOST_SENT_TEXT
                        + " characters in one argument of a call");
            }
        }
        return datum;
    }

    /**
     * What is shared is written again each time, so a value may come to more than there is memory. Then the rest is left out;
     * to fail is for who may tell everybody of it.
     */
    private static final class Outward {
        private final Set<Payload> path = Collections.newSetFromMap(new IdentityHashMap<>());
        private int parts;
        private long text;

        boolean isFull() {
            return parts > MOST_SENT || text > MOST_SENT_TEXT;
        }

        private Datum text(String written) {
            text += written.length();
            return new Datum.Text(isFull() ? "..." : written);
        }

        private Datum out(Payload payload, int depth) {
            parts++;
            if (isFull()) {
                return new Datum.Text("...");
            }
            return switch (payload) {
                case Nothing _ -> Datum.NOTHING;
                case Truth truth -> new Datum.Truth(truth.holds());
                case Whole whole -> new Datum.Whole(whole.big());
                case Real real -> new Datum.Real(real.value());
                case Text written -> text(written.string());
                case Member member -> out(member.value().payload(), depth + 1);
                case Type type -> new Datum.Text(type.simpleName());
                case ListBox list -> items(list.elements(), payload, depth);
                case Tuple tuple -> items(tuple.elements(), payload, depth);
                case SetBox set -> items(set.elements(), payload, depth);
                case ExceptionBox exception -> text(exception.message());
                case DictBox dict -> {
                    if (depth > DEEPEST || !path.add(payload)) {
                        yield new Datum.Text("{...}");
                    }
                    SequencedMap<String, Datum> fields = new LinkedHashMap<>();
                    for (Map.Entry<Value, Value> each : dict.entries().entrySet()) {
                        if (isFull()) {
                            break;
                        }
                        fields.put(
                                Texts.brief(each.getKey().payload()),
                                out(each.getValue().payload(), depth + 1));
                    }
                    path.remove(payload);
                    yield new Datum.Fields(fields);
                }
                case telos.plans.values.InstanceBox instance -> {
                    if (depth > DEEPEST || !path.add(payload)) {
                        yield new Datum.Text("{...}");
                    }
                    SequencedMap<String, Datum> fields = new LinkedHashMap<>();
                    instance.fields().forEach((name, each) -> fields.put(name, out(each.payload(), depth + 1)));
                    path.remove(payload);
                    yield new Datum.Fields(fields);
                }
                default -> text(Texts.brief(payload));
            };
        }

        private Datum items(List<Value> elements, Payload whole, int depth) {
            if (depth > DEEPEST || !path.add(whole)) {
                return new Datum.Text("[...]");
            }
            List<Datum> items = new ArrayList<>();
            for (Value each : elements) {
                if (isFull()) {
                    break;
                }
                items.add(out(each.payload(), depth + 1));
            }
            path.remove(whole);
            return new Datum.Items(items);
        }
    }

    /** How many values a datum has in all, and whether one of them is larger than a result may be. */
    static @Nullable String tooLarge(Datum datum) {
        int[] parts = new int[2];
        return tooLarge(datum, parts, 0);
    }

    private static @Nullable String tooLarge(Datum datum, int[] parts, int depth) {
        if (++parts[0] > MOST_PARTS) {
            return "a result has at most " + MOST_PARTS + " parts";
        }
        if (depth > DEEPEST) {
            return "a result lies at most " + DEEPEST + " deep";
        }
        switch (datum) {
            case Datum.Text(String text) -> {
                parts[1] += text.length();
                if (parts[1] > MOST_TEXT) {
                    return "a result has at most " + MOST_TEXT + " characters";
                }
                return text.length() > LONGEST_TEXT ? "a text has at most " + LONGEST_TEXT + " characters" : null;
            }
            case Datum.Whole(var whole) -> {
                return whole.bitLength() / 8 + 1 > Outline.LARGEST_NUMBER
                        ? "a number has at most a thousand digits"
                        : null;
            }
            case Datum.Items(List<Datum> values) -> {
                if (values.size() > MOST_ELEMENTS) {
                    return "a list has at most " + MOST_ELEMENTS + " elements";
                }
                for (Datum each : values) {
                    String why = tooLarge(each, parts, depth + 1);
                    if (why != null) {
                        return why;
                    }
                }
                return null;
            }
            case Datum.Fields fields -> {
                if (fields.values().size() > MOST_ELEMENTS) {
                    return "an object has at most " + MOST_ELEMENTS + " keys";
                }
                for (Map.Entry<String, Datum> each : fields.values().entrySet()) {
                    String why = tooLarge(each.getValue(), parts, depth + 1);
                    if (why != null) {
                        return why;
                    }
                }
                return null;
            }
            case Datum.Nothing _, Datum.Truth _, Datum.Real _ -> {
                return null;
            }
        }
    }

    /**
     * Data with labels: each part its own, joined with that of how it was asked for.
     *
     * @param label of this part where no pointer says otherwise
     * @param asked what decided that, and with what, it was asked for
     * @param known what everybody may know of it, where that is less than what the labels allow
     */
    static Value in(Datum datum, Label label, List<Pointer.Trail> trails, Label asked, @Nullable Outline known) {
        return in(datum, label, trails, asked, known, Outline.NEVER, null);
    }

    /**
     * The same.
     *
     * @param types what everybody knows that it can be, such as of what type the elements of a list are that has none
     * @param form what may stand there, and under which labels, as far as that is told
     */
    static Value in(
            Datum datum,
            Label label,
            List<Pointer.Trail> trails,
            Label asked,
            @Nullable Outline known,
            Outline types,
            @Nullable Form form) {
        Label own = Pointer.Trail.here(trails, label);
        Label all = own.join(asked);
        return switch (datum) {
            case Datum.Nothing _ -> scalar(Nothing.NOTHING, all, known);
            case Datum.Truth(boolean truth) -> scalar(Truth.of(truth), all, known);
            case Datum.Whole(var whole) -> scalar(Whole.of(whole), all, known);
            case Datum.Real(double real) -> scalar(new Real(real), all, known);
            case Datum.Text(String text) -> scalar(Text.of(text), all, known);
            case Datum.Items(List<Datum> values) -> {
                List<Value> elements = new ArrayList<>();
                Outline inside = known == null ? null : known.elementOrNone();
                Outline typed = types.may(Kind.LIST) ? types.onlyOf(Kind.LIST).elementOrNone() : Outline.NEVER;
                for (int i = 0; i < values.size(); i++) {
                    elements.add(in(
                            values.get(i),
                            own,
                            Pointer.Trail.into(trails, Integer.toString(i)),
                            asked,
                            inside,
                            typed,
                            form == null ? null : form.element()));
                }
                comeIn(elements);
                ListBox list = new ListBox(elements);
                list.raiseShape(own);
                if (form != null && all != Label.BOTTOM) {
                    list.mayLack(form.lacked(all));
                }
                if (own != Label.BOTTOM) {
                    list.raiseBeyond(Pointer.Trail.inside(trails, own));
                    list.widen(Outline.holding(
                            Kind.LIST,
                            MOST_ELEMENTS,
                            list.outline().elementOrNone().union(typed),
                            null));
                }
                if (known != null) {
                    list.widen(known.onlyOf(Kind.LIST));
                }
                yield new Value(list, asked, asked == Label.BOTTOM ? null : known);
            }
            case Datum.Fields fields -> {
                DictBox dict = new DictBox();
                Outline typed = types.may(Kind.DICT) ? types.onlyOf(Kind.DICT).elementOrNone() : Outline.NEVER;
                for (Map.Entry<String, Datum> each : fields.values().entrySet()) {
                    Outline inside = known == null ? null : known.elementOrNone();
                    Map<String, Outline> named = known == null ? null : known.fields();
                    if (named != null && named.containsKey(each.getKey())) {
                        inside = named.get(each.getKey());
                    }
                    dict.put(
                            new Value(Text.named(each.getKey())),
                            in(
                                    each.getValue(),
                                    own,
                                    Pointer.Trail.into(trails, each.getKey()),
                                    asked,
                                    inside,
                                    typed,
                                    form == null ? null : form.under(each.getKey())));
                }
                dict.raiseShape(own);
                DictBox whole = form == null || all == Label.BOTTOM ? null : form.whole(all);
                if (whole != null) {
                    dict.isPartOf(whole);
                }
                if (own != Label.BOTTOM) {
                    dict.raiseBeyond(Pointer.Trail.inside(trails, own));
                    dict.widen(Outline.holding(
                            Kind.DICT,
                            MOST_ELEMENTS,
                            dict.outline().elementOrNone().union(typed),
                            Outline.text(LONGEST_TEXT)));
                }
                if (known != null) {
                    dict.widen(known.onlyOf(Kind.DICT));
                }
                yield new Value(dict, asked, asked == Label.BOTTOM ? null : known);
            }
        };
    }

    /** Rows are often alike: what is known of one is known of the next. */
    private static void comeIn(List<Value> rows) {
        for (int i = 1; i < rows.size(); i++) {
            if (rows.get(i).payload() instanceof DictBox row && rows.get(i - 1).payload() instanceof DictBox before) {
                row.comesAfter(before);
            }
        }
    }

    private static Value scalar(Payload payload, Label label, @Nullable Outline known) {
        if (label == Label.BOTTOM) {
            return new Value(payload);
        }
        return new Value(payload, label, known != null ? known : bounded(payload.kind()));
    }

    /** What everybody may know of a scalar that came in and that not everybody may read: its kind. */
    static Outline bounded(Kind kind) {
        return switch (kind) {
            case INT -> ANY_WHOLE;
            case STR -> ANY_TEXT;
            default -> Outline.of(kind, 8);
        };
    }

    /** What everybody may know of data of these types, whichever it is. */
    static Outline typed(List<Datum> samples) {
        Outline all = Outline.NEVER;
        for (Datum each : samples) {
            all = all.union(typed(each));
        }
        return all;
    }

    private static Outline typed(Datum datum) {
        return switch (datum) {
            case Datum.Nothing _ -> Outline.NONE;
            case Datum.Truth _ -> Outline.BOOL;
            case Datum.Whole _ -> bounded(Kind.INT);
            case Datum.Real _ -> Outline.FLOAT;
            case Datum.Text _ -> bounded(Kind.STR);
            case Datum.Items(List<Datum> values) -> Outline.holding(Kind.LIST, MOST_ELEMENTS, typed(values), null);
            case Datum.Fields fields ->
                Outline.holding(
                        Kind.DICT,
                        MOST_ELEMENTS,
                        typed(List.copyOf(fields.values().values())),
                        Outline.text(LONGEST_TEXT));
        };
    }
}
