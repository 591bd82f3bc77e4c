package telos.inference.constraint;

import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A text in quotes that must differ from others, and what follows it; the opening quote has been written. The others are
 * those that the schema names and those that this object or array has already. A place that is no start of any of them
 * is as good as every other such place, so those are shared.
 */
final class FreeText extends Rule.Leaf {
    private static final int DEEPEST_SEARCH = 200;

    /** What texts of one kind share. */
    static final class Source {
        final TextForm form;
        final ByteTrie named;
        final Rule after;
        /** How many bytes suffice for one more text, whatever others there are. */
        final int bound;

        private final IdentityHashMap<Text, FreeText> free = new IdentityHashMap<>();

        Source(TextForm form, ByteTrie named, Rule after, int bound) {
            this.form = form;
            this.named = named;
            this.after = after;
            this.bound = bound;
        }

        /** A text while no other is known. */
        Rule first() {
            return text(form.inside(), named.isEmpty() ? null : named, null);
        }

        /** A text that waits for the others to become known. */
        Gate gate() {
            return new Gate(this);
        }

        private FreeText text(Text text, @Nullable ByteTrie named, @Nullable ByteTrie seen) {
            if (named != null || seen != null) {
                return new FreeText(this, text, named, seen);
            }
            return free.computeIfAbsent(text, key -> new FreeText(this, key, null, null));
        }
    }

    /** The place behind an opening quote when others are not known yet: no byte may follow until they are. */
    static final class Gate extends Rule.Leaf {
        private final Source source;

        private Gate(Source source) {
            super(source.after.recursive());
            this.source = source;
        }

        Rule open(@Nullable ByteTrie seen) {
            ByteTrie named = source.named.isEmpty() ? null : source.named;
            return source.text(source.form.inside(), named, seen == null || seen.isEmpty() ? null : seen);
        }

        @Override
        boolean ends() {
            return false;
        }

        @Override
        @Nullable
        Rule derive(int value) {
            return null;
        }

        @Override
        long compute(int left) {
            return (long) source.bound + source.after.missing(left);
        }
    }

    private final Source source;
    private final Text text;
    private final @Nullable ByteTrie named;
    private final @Nullable ByteTrie seen;
    private final int own;

    private FreeText(Source source, Text text, @Nullable ByteTrie named, @Nullable ByteTrie seen) {
        super(source.after.recursive());
        this.source = source;
        this.text = text;
        this.named = named;
        this.seen = seen;
        this.own = shortest(text, named, seen, DEEPEST_SEARCH);
    }

    @Override
    boolean ends() {
        return false;
    }

    @Override
    long compute(int left) {
        return own >= FAR ? FAR : (long) own + source.after.missing(left);
    }

    @Override
    @Nullable
    Rule derive(int value) {
        if (value == '"') {
            return taken(named) || taken(seen) || text.derive(value) == null ? null : source.after;
        }
        if (!(text.derive(value) instanceof Text longer)) {
            return null;
        }
        FreeText next = source.text(longer, after(named, value), after(seen, value));
        return next.own >= FAR ? null : next;
    }

    private static boolean taken(@Nullable ByteTrie node) {
        return node != null && node.whole();
    }

    private static @Nullable ByteTrie after(@Nullable ByteTrie node, int value) {
        return node == null ? null : node.after(value);
    }

    /** The fewest bytes to the closing quote and past it, looked for along the other texts. */
    private static int shortest(Text text, @Nullable ByteTrie named, @Nullable ByteTrie seen, int depth) {
        if (named == null && seen == null) {
            return text.missing(0);
        }
        if (!taken(named) && !taken(seen) && text.derive('"') != null) {
            return 1;
        }
        int best = FAR;
        for (int round = 0; round < 2 && best >= FAR; round++) {
            for (int value = 0; value < 256; value++) {
                ByteTrie otherNamed = after(named, value);
                ByteTrie otherSeen = after(seen, value);
                boolean free = otherNamed == null && otherSeen == null;
                if ((round == 0) == free && (free || depth > 0) && text.derive(value) instanceof Text longer) {
                    best = Math.min(best, 1 + shortest(longer, otherNamed, otherSeen, depth - 1));
                }
            }
        }
        return Math.min(best, FAR);
    }
}
