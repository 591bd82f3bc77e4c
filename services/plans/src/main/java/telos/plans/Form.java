package telos.plans;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;
import telos.plans.values.Kind;
import telos.plans.values.Outline;

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
    private final @Nullable Listing listing;
    private final @Nullable Fields fields;

    private Form(List<Datum> samples, Label inherited, List<Pointer.Trail> trails, int depth) {
        own = Pointer.Trail.here(trails, inherited);
        deepest = depth > DEEPEST;
        if (deepest) {
            outline = Data.typed(samples);
            scalars = outline;
            listing = null;
            fields = null;
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
