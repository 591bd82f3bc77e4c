package telos.inference.constraint;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A regular set of byte strings. Rules form an acyclic graph and are compared by identity. {@link #NEVER} is the empty
 * set; the makers remove it wherever it occurs, so that every other rule has a string and {@link #missing} is the exact
 * length of its shortest.
 */
abstract sealed class Rule {
    static final Rule EMPTY = new Sequence(new Rule[0]);
    static final Rule NEVER = new Choice(new Rule[0]);
    static final int UNBOUNDED = -1;
    private static final int FAR = Integer.MAX_VALUE / 2;

    private final int missing;

    private Rule(long missing) {
        this.missing = (int) Math.min(missing, FAR);
    }

    final int missing() {
        return missing;
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
            if (part == NEVER) {
                return NEVER;
            }
            if (part != EMPTY) {
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
        List<Rule> kept = new ArrayList<>();
        for (Rule option : options) {
            if (option != NEVER && !kept.contains(option)) {
                kept.add(option);
            }
        }
        return switch (kept.size()) {
            case 0 -> NEVER;
            case 1 -> kept.getFirst();
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
        if (item == NEVER) {
            return least == 0 ? EMPTY : NEVER;
        }
        if (item.missing == 0) {
            throw new IllegalArgumentException("what is repeated must not be empty");
        }
        return most == 0 ? EMPTY : new Repeat(item, least, most);
    }

    static final class Bytes extends Rule {
        private final long[] set = new long[4];

        private Bytes() {
            super(1);
        }

        private void add(int value) {
            set[value >>> 6] |= 1L << value;
        }

        boolean has(int value) {
            return (set[value >>> 6] & 1L << value) != 0;
        }
    }

    static final class Sequence extends Rule {
        final Rule[] parts;

        private Sequence(Rule[] parts) {
            super(Arrays.stream(parts).mapToLong(part -> part.missing).sum());
            this.parts = parts;
        }
    }

    static final class Choice extends Rule {
        final Rule[] options;

        private Choice(Rule[] options) {
            super(Arrays.stream(options)
                    .mapToLong(option -> option.missing)
                    .min()
                    .orElse(FAR));
            this.options = options;
        }
    }

    static final class Repeat extends Rule {
        final Rule item;
        final int least;
        final int most;
        private @Nullable Rule rest;

        private Repeat(Rule item, int least, int most) {
            super((long) item.missing * least);
            this.item = item;
            this.least = least;
            this.most = most;
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
}
