package telos.plans;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;
import telos.plans.values.Box;
import telos.plans.values.DictBox;
import telos.plans.values.Kind;
import telos.plans.values.ListBox;
import telos.plans.values.Nothing;
import telos.plans.values.Outline;
import telos.plans.values.Payload;
import telos.plans.values.Text;
import telos.plans.values.Value;

/**
 * What may stand at one place of a tool's result, as its samples tell, and under which label. It is told once for a tool; a
 * walk that comes to a call makes objects of this form.
 */
@SuppressWarnings("ReferenceEquality") // the least label is one object; places are told apart by what they are parts of
final class Form {
    /** Levels of a result that are told apart. */
    private static final int DEEPEST = 5;

    private record Listing(Form element, Outline outline) {}

    private record Fields(SequencedMap<String, Form> named, Outline outline) {}

    private final Label own;
    private final Outline outline;
    private final Outline scalars;
    private final boolean deepest;
    /** The join of the labels of what lies in it. */
    private final Label inner;

    private final @Nullable Listing listing;
    private final @Nullable Fields fields;
    private volatile @Nullable Whole last;

    private Form(List<Datum> samples, Label inherited, List<Pointer.Trail> trails, int depth) {
        own = Pointer.Trail.here(trails, inherited);
        deepest = depth > DEEPEST;
        if (deepest) {
            outline = Data.typed(samples);
            scalars = outline;
            listing = null;
            fields = null;
            Label all = Label.BOTTOM;
            for (Pointer.Trail each : trails) {
                all = all.join(each.label());
            }
            inner = all;
            return;
        }
        Outline scalar = Outline.NEVER;
        List<Datum> elements = new ArrayList<>();
        SequencedMap<String, List<Datum>> keyed = new LinkedHashMap<>();
        boolean lists = false;
        boolean dicts = false;
        long most = 0;
        for (Datum each : samples) {
            switch (each) {
                case Datum.Items(List<Datum> values) -> {
                    lists = true;
                    elements.addAll(values);
                    most = Math.max(most, values.size());
                }
                case Datum.Fields(SequencedMap<String, Datum> values) -> {
                    dicts = true;
                    values.forEach((key, value) ->
                            keyed.computeIfAbsent(key, _ -> new ArrayList<>()).add(value));
                }
                default -> scalar = scalar.union(Data.typed(List.of(each)));
            }
        }
        boolean sure = own == Label.BOTTOM && samples.size() == 1;
        scalars = scalar;
        listing = lists
                ? listing(elements, Pointer.Trail.intoAny(trails), sure ? most : Data.MOST_ELEMENTS, depth)
                : null;
        fields = dicts ? fields(keyed, trails, sure, depth) : null;
        Outline all = scalars;
        if (listing != null) {
            all = all.union(listing.outline);
        }
        if (fields != null) {
            all = all.union(fields.outline);
        }
        outline = all;
        inner = inner();
    }

    private Label inner() {
        Label all = Label.BOTTOM;
        if (listing != null) {
            all = all.join(listing.element.own).join(listing.element.inner);
        }
        if (fields != null) {
            for (Form each : fields.named.values()) {
                all = all.join(each.own).join(each.inner);
            }
        }
        return all;
    }

    /** Of a tool that has samples. */
    static Form of(Tool tool) {
        return new Form(tool.samples(), tool.result(), Pointer.Trail.of(tool.labels()), 0);
    }

    /** What everybody may know of what it gives. */
    Outline outline() {
        return outline;
    }

    private Listing listing(List<Datum> elements, List<Pointer.Trail> trails, long most, int depth) {
        Form element = new Form(elements, own, trails, depth + 1);
        return new Listing(element, Outline.holding(Kind.LIST, most, element.outline, null));
    }

    private Fields fields(
            SequencedMap<String, List<Datum>> keyed, List<Pointer.Trail> trails, boolean sure, int depth) {
        SequencedMap<String, Form> named = new LinkedHashMap<>();
        Map<String, Outline> outlines = new LinkedHashMap<>();
        keyed.forEach((key, values) -> {
            Form each = new Form(values, own, Pointer.Trail.into(trails, key), depth + 1);
            named.put(key, each);
            outlines.put(key, each.outline);
        });
        return new Fields(
                named,
                sure
                        ? Outline.dict(outlines)
                        : Outline.holding(
                                Kind.DICT,
                                Data.MOST_ELEMENTS,
                                outlines.values().stream().reduce(Outline.NEVER, Outline::union),
                                Outline.text(Data.LONGEST_TEXT)));
    }

    /** Whether who may know whether any of it is there may not know all that would be in it. */
    private boolean hides(Label by) {
        return !inner.flowsInto(by);
    }

    /**
     * What there may be in a list that came in, in worlds that look the same: objects that stand for all of those, with the labels
     * that they would have.
     *
     * @param by who may know how many there are
     */
    List<Box> lacked(Label by) {
        return listing != null && listing.element.hides(by) ? listing.element.absent(by) : List.of();
    }

    /**
     * A dictionary with all that there may be in one that came in; null where nothing is told of that.
     *
     * @param by who may know what is there
     */
    @Nullable
    DictBox whole(Label by) {
        if (fields == null) {
            return null;
        }
        Whole known = last;
        if (known != null && known.by.equals(by)) {
            return known.dict;
        }
        DictBox dict = new DictBox();
        boolean flat = true;
        for (Map.Entry<String, Form> entry : fields.named.entrySet()) {
            Form each = entry.getValue();
            List<Box> boxes = each.absent(by);
            flat &= boxes.isEmpty();
            Payload payload = boxes.isEmpty() ? Nothing.ABSENT : boxes.getFirst();
            dict.put(new Value(Text.named(entry.getKey())), new Value(payload, each.own.join(by), each.outline));
        }
        if (flat) {
            last = new Whole(by, dict);
        }
        return dict;
    }

    /** What there may be in it, which nothing changes where it holds scalars alone. */
    private record Whole(Label by, DictBox dict) {}

    private List<Box> absent(Label by) {
        Label label = own.join(by);
        List<Box> all = new ArrayList<>();
        for (Kind kind : deepest ? List.of(Kind.LIST, Kind.DICT) : List.<Kind>of()) {
            if (outline.may(kind)) {
                Box box = kind == Kind.LIST ? new ListBox(new ArrayList<>()) : new DictBox();
                box.raiseShape(label);
                box.raiseBeyond(label.join(inner));
                box.widen(outline.onlyOf(kind));
                all.add(box);
            }
        }
        if (listing != null) {
            ListBox list = new ListBox(new ArrayList<>());
            list.raiseShape(label);
            list.raiseBeyond(listing.element.own.join(by));
            list.widen(listing.outline);
            list.mayLack(lacked(by));
            all.add(list);
        }
        DictBox whole = whole(by);
        if (whole != null && fields != null) {
            DictBox dict = new DictBox();
            List<Value> parts = whole.parts();
            for (int i = 0; i < parts.size(); i += 2) {
                dict.put(parts.get(i), parts.get(i + 1));
            }
            dict.raiseShape(label);
            dict.widen(fields.outline);
            dict.isPartOf(whole);
            all.add(dict);
        }
        return all;
    }

    /** What stands at some index of it; null where it is no list. */
    @Nullable
    Form element() {
        return listing == null ? null : listing.element;
    }

    /** What stands under a key of it; null where nothing does. */
    @Nullable
    Form under(String key) {
        return fields == null ? null : fields.named.get(key);
    }

    /** A place inside what a call at that site gives. */
    record Part(Object site, Object of) {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Part part && part.site == site && part.of == of;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(site) * 31 + System.identityHashCode(of);
        }
    }

    /** What a call at that site gives, made under that label. */
    Shadow walk(Walk walk, Object site, Label asked) {
        if (deepest) {
            return walk.nested(new Part(site, this), outline, own.join(asked));
        }
        Shadow result = Shadow.of(scalars, scalars.isNever() ? asked : own.join(asked));
        if (listing != null) {
            Shadow element = listing.element.walk(walk, site, asked);
            result = result.join(made(walk, new Part(site, listing), listing.outline, List.of(element), null)
                    .raised(asked));
        }
        if (fields != null) {
            Map<String, Shadow> named = new LinkedHashMap<>();
            fields.named.forEach((key, each) -> named.put(key, each.walk(walk, site, asked)));
            result = result.join(made(walk, new Part(site, fields), fields.outline, List.copyOf(named.values()), named)
                    .raised(asked));
        }
        return result;
    }

    private Shadow made(Walk walk, Part place, Outline what, List<Shadow> parts, @Nullable Map<String, Shadow> named) {
        Shadow made = WalkCalls.made(walk, place, what, parts, named);
        walk.shape(made.refs(), own);
        return made;
    }
}
