package telos.inference.constraint;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A set of byte strings, compared by identity. {@link #NEVER} is the empty set; the makers remove it wherever it occurs.
 *
 * <p>A rule may contain itself through {@link Call}. Calls may lie one within another only so deep, and how many more
 * may is the argument {@code left} everywhere: it makes every rule a bounded one, and {@link #missing} exact for it.
 */
abstract sealed class Rule {
    static final Rule EMPTY = new Sequence(new Rule[0]);
    static final Rule NEVER = new Choice(new Rule[0]);
    static final int UNBOUNDED = -1;
    /** What is missing where nothing is enough. */
    static final int FAR = 1 << 28;

    private final boolean recursive;
    private int fixed = -1;
    /** What is missing with 0, 1, … calls left; the last holds for all that are more. */
    private int @Nullable [] levels;

    private Rule(boolean recursive) {
        this.recursive = recursive;
    }

    /** Whether it contains a call. */
    final boolean recursive() {
        return recursive;
    }

    /** The length of the shortest string in bytes, or a bound on it along which every byte leads; {@link #FAR} if none. */
    final int missing(int left) {
        if (!recursive) {
            if (fixed < 0) {
                fixed = (int) Math.min(compute(0), FAR);
            }
            return fixed;
        }
        int[] known = levels;
        return known != null ? known[Math.min(left, known.length - 1)] : (int) Math.min(compute(left), FAR);
    }

    /** What {@link #missing} is, worked out from the parts. */
    abstract long compute(int left);

    /** The rules that {@link #compute} asks. */
    abstract List<Rule> parts();

    /** Works out what is missing while that is one step. */
    final void settle() {
        if (!recursive) {
            fixed = (int) Math.min(compute(0), FAR);
        }
    }

    final void know(int[] missing) {
        levels = missing;
    }

    final boolean known() {
        return !recursive || levels != null;
    }

    /** The strings of one byte out of a set. */
    static Rule bytes(int first, int last) {
        Bytes rule = new Bytes();
        for (int value = first; value <= last; value++) {
            rule.add(value);
        }
        return rule;
    }

    /** The strings of one of these ASCII characters. */
    static Rule oneOf(String characters) {
        Bytes rule = new Bytes();
        for (int i = 0; i < characters.length(); i++) {
            rule.add(characters.charAt(i));
        }
        return rule;
    }

    /** The one string that is this text in UTF-8. */
    static Rule literal(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        Rule[] parts = new Rule[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            parts[i] = bytes(bytes[i] & 0xFF, bytes[i] & 0xFF);
        }
        return sequence(parts);
    }

    static Rule sequence(Rule... parts) {
        List<Rule> kept = new ArrayList<>();
        for (Rule part : parts) {
            if (part.equals(NEVER)) {
                return NEVER;
            }
            if (!part.equals(EMPTY)) {
                kept.add(part);
            }
        }
        return switch (kept.size()) {
            case 0 -> EMPTY;
            case 1 -> kept.getFirst();
            default -> new Sequence(kept.toArray(new Rule[0]));
        };
    }

    static Rule choice(List<Rule> options) {
        Set<Rule> kept = new LinkedHashSet<>(options);
        kept.remove(NEVER);
        return switch (kept.size()) {
            case 0 -> NEVER;
            case 1 -> kept.iterator().next();
            default -> new Choice(kept.toArray(new Rule[0]));
        };
    }

    static Rule choice(Rule... options) {
        return choice(Arrays.asList(options));
    }

    static Rule optional(Rule rule) {
        return choice(EMPTY, rule);
    }

    /** From {@code least} to {@code most} strings of {@code item} in a row. */
    static Rule repeat(Rule item, int least, int most) {
        if (most != UNBOUNDED && most < least) {
            return NEVER;
        }
        if (item.equals(NEVER)) {
            return least == 0 ? EMPTY : NEVER;
        }
        return most == 0 ? EMPTY : new Repeat(item, least, most);
    }

    private static boolean anyRecursive(Rule[] rules) {
        return Arrays.stream(rules).anyMatch(Rule::recursive);
    }

    static final class Bytes extends Rule {
        private final long[] set = new long[4];

        private Bytes() {
            super(false);
        }

        private void add(int value) {
            set[value >>> 6] |= 1L << value;
        }

        boolean has(int value) {
            return (set[value >>> 6] & 1L << value) != 0;
        }

        int lowest() {
            int word = 0;
            while (set[word] == 0) {
                word++;
            }
            return 64 * word + Long.numberOfTrailingZeros(set[word]);
        }

        @Override
        long compute(int left) {
            return 1;
        }

        @Override
        List<Rule> parts() {
            return List.of();
        }
    }

    static final class Sequence extends Rule {
        final Rule[] parts;

        private Sequence(Rule[] parts) {
            super(anyRecursive(parts));
            this.parts = parts;
            settle();
        }

        @Override
        long compute(int left) {
            long sum = 0;
            for (Rule part : parts) {
                sum += part.missing(left);
            }
            return sum;
        }

        @Override
        List<Rule> parts() {
            return Arrays.asList(parts);
        }
    }

    static final class Choice extends Rule {
        final Rule[] options;

        private Choice(Rule[] options) {
            super(anyRecursive(options));
            this.options = options;
            settle();
        }

        /** An option of which least is missing. */
        Rule shortest(int left) {
            Rule best = options[0];
            for (Rule option : options) {
                best = option.missing(left) < best.missing(left) ? option : best;
            }
            return best;
        }

        @Override
        long compute(int left) {
            long least = FAR;
            for (Rule option : options) {
                least = Math.min(least, option.missing(left));
            }
            return least;
        }

        @Override
        List<Rule> parts() {
            return Arrays.asList(options);
        }
    }

    static final class Repeat extends Rule {
        final Rule item;
        final int least;
        final int most;
        private @Nullable Rule rest;

        private Repeat(Rule item, int least, int most) {
            super(item.recursive());
            this.item = item;
            this.least = least;
            this.most = most;
            settle();
        }

        @Override
        long compute(int left) {
            return (long) item.missing(left) * least;
        }

        @Override
        List<Rule> parts() {
            return List.of(item);
        }

        /** What remains when one item is done; always the same object. */
        Rule rest() {
            Rule known = rest;
            if (known == null) {
                known = least == 0 && most == UNBOUNDED
                        ? this
                        : repeat(item, Math.max(0, least - 1), most == UNBOUNDED ? UNBOUNDED : most - 1);
                rest = known;
            }
            return known;
        }
    }

    /** A rule that may contain this call. It costs one of the calls that are left. */
    static final class Call extends Rule {
        private @Nullable Rule body;

        Call() {
            super(true);
        }

        void define(Rule rule) {
            body = rule;
        }

        Rule body() {
            Rule defined = body;
            if (defined == null) {
                throw new IllegalStateException("a call of what was never defined");
            }
            return defined;
        }

        @Override
        long compute(int left) {
            return left == 0 ? FAR : body().missing(left - 1);
        }

        @Override
        List<Rule> parts() {
            return List.of(body());
        }
    }

    /** An automaton of its own: what is left of it after a byte is a rule again. */
    abstract static non-sealed class Leaf extends Rule {
        Leaf(boolean recursive) {
            super(recursive);
        }

        /** Whether the empty string is one of its strings. */
        abstract boolean ends();

        /** A byte after which fewer are missing. */
        int shortestByte(int left) {
            int best = -1;
            int least = missing(left);
            for (int value = 0; value < 256; value++) {
                Rule after = derive(value);
                if (after != null && after.missing(left) < least) {
                    best = value;
                    least = after.missing(left);
                }
            }
            return best;
        }

        /** What may follow a byte; null when nothing starts so. Equal rests should be the same object. */
        abstract @Nullable Rule derive(int value);

        @Override
        List<Rule> parts() {
            return List.of();
        }
    }

    /** A rule whose parts are made when they are first reached. */
    abstract static non-sealed class Deferred extends Rule {
        private @Nullable Rule forced;

        Deferred(boolean recursive) {
            super(recursive);
        }

        /** Makes the rule; asked once. */
        abstract Rule make();

        final Rule force() {
            Rule known = forced;
            if (known == null) {
                known = make();
                forced = known;
            }
            return known;
        }
    }
}
