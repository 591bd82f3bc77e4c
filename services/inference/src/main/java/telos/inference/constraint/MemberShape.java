package telos.inference.constraint;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which members an object has: named ones, some of them required, and others whose names a text form describes; in the
 * order of the schema with the others last, or in any; as many as bounds say.
 */
final class MemberShape {
    /** @param name as a string of JSON, quotes and all */
    record Named(String name, Rule value, boolean required) {}

    /** @param form of the name */
    record Other(TextForm form, TextCount count, Rule value) {}

    final List<Named> named;
    final byte[][] spelled;
    /** The numbers of the named members in the order of their spelling. */
    final int[] sorted;

    final BitSet required = new BitSet();
    final List<Other> others;
    final int least;
    final int most;
    final boolean anyOrder;
    final boolean recursive;
    final Rule comma;
    final Rule colon;
    /** How many members without a name in the schema there may be. */
    final int mostOthers;

    final Members.Known known = new Members.Known();

    private final ByteTrie names = new ByteTrie();
    private final int[] requiredFrom;
    private final Map<Integer, Costs> costs = new HashMap<>();

    MemberShape(List<Named> named, List<Other> others, int least, int most, boolean anyOrder, Rule comma, Rule colon) {
        this.named = named;
        this.others = others;
        this.least = least;
        this.most = most;
        this.anyOrder = anyOrder;
        this.comma = comma;
        this.colon = colon;
        spelled = new byte[named.size()][];
        for (int i = 0; i < spelled.length; i++) {
            String name = named.get(i).name();
            spelled[i] = name.getBytes(StandardCharsets.UTF_8);
            required.set(i, named.get(i).required());
            names.add(Arrays.copyOfRange(spelled[i], 1, spelled[i].length - 1));
        }
        Integer[] order = new Integer[spelled.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparing(i -> spelled[i], Arrays::compareUnsigned));
        sorted = Arrays.stream(order).mapToInt(Integer::intValue).toArray();
        requiredFrom = new int[spelled.length + 1];
        for (int i = spelled.length - 1; i >= 0; i--) {
            requiredFrom[i] = requiredFrom[i + 1] + (required.get(i) ? 1 : 0);
        }
        recursive = named.stream().anyMatch(member -> member.value().recursive())
                || others.stream().anyMatch(other -> other.value().recursive());
        mostOthers =
                others.stream().mapToInt(other -> other.count().texts()).min().orElse(0);
    }

    /** How many of the members from one on are required. */
    int requiredFrom(int member) {
        return requiredFrom[Math.min(member, spelled.length)];
    }

    /** Whether the members not named are so few that they must be counted. */
    boolean countsOthers() {
        return mostOthers < TextCount.MANY;
    }

    boolean counts() {
        return least > 0 || most != Rule.UNBOUNDED;
    }

    /** Keeps a name from being written, other than as a named member. */
    void bar(String name) {
        names.add(name.getBytes(StandardCharsets.UTF_8));
    }

    ByteTrie names() {
        return names;
    }

    /** What each member costs in bytes with {@code left} calls left, a comma before it counted. */
    Costs costs(int left) {
        return costs.computeIfAbsent(recursive ? left : 0, key -> new Costs(this, key));
    }

    /** What members cost. */
    static final class Costs {
        final long[] member;
        final long other;
        /** For fixed order: what is missing from a member on, for each count of members that must still come. */
        private final long[][] from;

        private final int total;

        Costs(MemberShape shape, int left) {
            total = shape.named.size();
            member = new long[total];
            for (int i = 0; i < total; i++) {
                member[i] = Math.min(
                        Rule.FAR,
                        shape.spelled[i].length
                                + 2L
                                + shape.named.get(i).value().missing(left));
            }
            long best = Rule.FAR;
            for (Other other : shape.others) {
                best = Math.min(best, other.count().bytes() + 3L + other.value().missing(left));
            }
            other = best;
            from = shape.anyOrder ? new long[0][] : table(shape);
        }

        private long[][] table(MemberShape shape) {
            long[][] table = new long[total + 1][shape.least + 1];
            for (int more = 0; more <= shape.least; more++) {
                table[total][more] = Math.min(Rule.FAR, more * other);
            }
            for (int i = total - 1; i >= 0; i--) {
                for (int more = 0; more <= shape.least; more++) {
                    long with = Math.min(Rule.FAR, member[i] + table[i + 1][Math.max(0, more - 1)]);
                    table[i][more] = shape.required.get(i) ? with : Math.min(with, table[i + 1][more]);
                }
            }
            return table;
        }

        long from(int member, int more) {
            return from[member][more];
        }
    }

    /** The numbers of the members that a bit set lacks. */
    static List<Integer> lacking(BitSet used, int size) {
        List<Integer> lacking = new ArrayList<>();
        for (int i = used.nextClearBit(0); i < size; i = used.nextClearBit(i + 1)) {
            lacking.add(i);
        }
        return lacking;
    }
}
