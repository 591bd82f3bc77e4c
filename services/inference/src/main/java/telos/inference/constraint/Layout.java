package telos.inference.constraint;

import java.util.ArrayList;
import java.util.List;

/** Objects and arrays as they are written: compact, or with white space where it may stand. */
final class Layout {
    /** The most spaces of one indentation. */
    private static final int INDENT = 16;

    private final Rule gap;
    final Rule colon;
    final Rule comma;

    Layout(boolean compact) {
        Rule space = Rule.literal(" ");
        gap = compact
                ? Rule.EMPTY
                : Rule.optional(Rule.choice(space, Rule.sequence(Rule.literal("\n"), Rule.repeat(space, 0, INDENT))));
        colon = Rule.sequence(Rule.literal(":"), compact ? Rule.EMPTY : Rule.optional(space));
        comma = Rule.sequence(Rule.literal(","), gap);
    }

    Rule object(Rule members) {
        return Rule.sequence(Rule.literal("{"), gap, members, gap, Rule.literal("}"));
    }

    Rule array(Rule items) {
        return Rule.sequence(Rule.literal("["), gap, items, gap, Rule.literal("]"));
    }

    /** Items: first those of {@code prefix}, then any number of {@code rest}; {@code least} to {@code most} in all. */
    Rule items(List<Rule> prefix, Rule rest, int least, int most) {
        int size = most == Rule.UNBOUNDED ? prefix.size() : Math.min(prefix.size(), most);
        Rule later;
        if (size == most) {
            later = least <= size ? Rule.EMPTY : Rule.NEVER;
        } else {
            int more = most == Rule.UNBOUNDED ? Rule.UNBOUNDED : most - size;
            int must = Math.max(0, least - size);
            if (size > 0) {
                later = Rule.repeat(Rule.sequence(comma, rest), must, more);
            } else {
                Rule next = Rule.sequence(comma, rest);
                Rule some = Rule.sequence(
                        rest, Rule.repeat(next, Math.max(0, must - 1), more == Rule.UNBOUNDED ? more : more - 1));
                later = must == 0 ? Rule.optional(some) : some;
            }
        }
        for (int i = size - 1; i >= 0; i--) {
            Rule here = Rule.sequence(i == 0 ? Rule.EMPTY : comma, prefix.get(i), later);
            later = i >= least ? Rule.optional(here) : here;
        }
        return later;
    }

    /**
     * Items of which some count: from {@code some} to {@code many} of them, the others are {@code plain}.
     *
     * @param counted what an item that counts must be, by its index; the last holds for all that follow
     * @param plain the same for one that does not count
     */
    Rule counting(List<Rule> counted, List<Rule> plain, int some, int many, int least, int most) {
        int width = many == Rule.UNBOUNDED ? some : many;
        int length = most == Rule.UNBOUNDED ? Math.max(least, counted.size()) : most;
        List<Rule> after = new ArrayList<>();
        for (int count = 0; count <= width; count++) {
            boolean enough = count >= some;
            after.add(most == Rule.UNBOUNDED ? Rule.NEVER : enough ? Rule.EMPTY : Rule.NEVER);
        }
        if (most == Rule.UNBOUNDED) {
            Rule one = Rule.sequence(comma, counted.getLast());
            Rule other = Rule.repeat(Rule.sequence(comma, plain.getLast()), 0, Rule.UNBOUNDED);
            for (int count = width; count >= 0; count--) {
                Rule more = count < width ? Rule.sequence(one, after.get(count + 1)) : Rule.NEVER;
                after.set(count, Rule.sequence(other, count >= some ? Rule.optional(more) : more));
            }
        }
        for (int index = length - 1; index >= 0; index--) {
            Rule between = index == 0 ? Rule.EMPTY : comma;
            Rule one = counted.get(Math.min(index, counted.size() - 1));
            Rule other = plain.get(Math.min(index, plain.size() - 1));
            List<Rule> here = new ArrayList<>();
            for (int count = 0; count <= width; count++) {
                Rule takes = count < width ? Rule.sequence(between, one, after.get(count + 1)) : Rule.NEVER;
                if (count == width && many == Rule.UNBOUNDED) {
                    takes = Rule.NEVER;
                }
                Rule passes = Rule.sequence(between, other, after.get(count));
                Rule stops = index >= least && count >= some ? Rule.EMPTY : Rule.NEVER;
                here.add(Rule.choice(stops, takes, passes));
            }
            after = here;
        }
        return after.getFirst();
    }
}
