package telos.inference.constraint;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The members of an object that may still come.
 *
 * <p>In fixed order a number says which named members lie behind; in any order a bit set says which were written, so of
 * the exponentially many sets only those exist that some text has. All named members that may come next share one leaf
 * that follows their names together: it is a range of the sorted names, narrowed byte by byte, and no list of
 * alternatives is ever made. Once a name is closed, its value follows, then the members that may still come after it.
 * In fixed order, members that are alike are the same object, however the text got there, so that texts share states.
 */
final class Members extends Rule.Deferred {
    private final MemberShape shape;
    /** In fixed order, the first named member that may come. */
    private final int at;

    private final BitSet used;
    /** How many members were written, as far as the bounds ask. */
    private final int count;
    /** How many members without a name in the schema were written, as far as it matters. */
    private final int others;

    private final boolean first;
    private MemberShape.@Nullable Costs summed;
    private long requiredSum;
    /** In fixed order, what follows the name of the member before these. */
    private @Nullable Rule entry;

    /** The members of one shape that were made, in fixed order. */
    static final class Known {
        private static final int LONGEST_RANGE = 16;
        private static final int MOST = 20_000;

        private record Key(int at, int count, int others) {}

        private record Range(int count, int depth, List<Integer> members) {}

        private final Map<Key, Members> members = new HashMap<>();
        private final Map<Range, Name> names = new HashMap<>();

        private void bound() {
            if (members.size() + names.size() > MOST) {
                members.clear();
                names.clear();
            }
        }
    }

    private Members(MemberShape shape, int at, BitSet used, int count, int others, boolean first) {
        super(shape.recursive);
        this.shape = shape;
        this.at = at;
        this.used = used;
        this.count = count;
        this.others = others;
        this.first = first;
    }

    /** The members of a whole object, braces not included. */
    static Rule of(MemberShape shape) {
        return new Members(shape, 0, new BitSet(), 0, 0, true);
    }

    private static Members inOrder(MemberShape shape, int at, int count, int others) {
        shape.known.bound();
        return shape.known.members.computeIfAbsent(
                new Known.Key(at, count, others),
                key -> new Members(shape, key.at, new BitSet(), key.count, key.others, false));
    }

    private int size() {
        return shape.named.size();
    }

    private int counted(int more) {
        return shape.counts() ? count + more : 0;
    }

    private Members after(int member) {
        if (shape.anyOrder) {
            BitSet longer = (BitSet) used.clone();
            longer.set(member);
            return new Members(shape, 0, longer, counted(1), others, false);
        }
        return inOrder(shape, member + 1, counted(1), others);
    }

    /** What follows the name of a member: its value, then the members after it. */
    private Rule entry(int member) {
        Members next = after(member);
        Rule known = next.entry;
        if (known == null) {
            known = sequence(shape.colon, shape.named.get(member).value(), next);
            next.entry = known;
        }
        return known;
    }

    private Members afterOther() {
        int more = shape.countsOthers() ? others + 1 : 1;
        if (more == others && counted(1) == count && (shape.anyOrder || at == size())) {
            return this;
        }
        return shape.anyOrder
                ? new Members(shape, 0, used, counted(1), more, false)
                : inOrder(shape, size(), counted(1), more);
    }

    /** How many members are required and not written. */
    private int needed() {
        if (!shape.anyOrder) {
            return shape.requiredFrom(at);
        }
        BitSet needed = (BitSet) shape.required.clone();
        needed.andNot(used);
        return needed.cardinality();
    }

    @Override
    long compute(int left) {
        long missing = missing(shape.costs(left), -1);
        return first && missing > 0 && missing < FAR ? missing - 1 : missing;
    }

    /** What is missing, a comma before each member counted; after a member when {@code next} is one. */
    private long missing(MemberShape.Costs costs, int next) {
        int written = counted(next >= 0 ? 1 : 0);
        int must = Math.max(0, shape.least - written);
        if (shape.anyOrder) {
            return anyOrder(costs, next, written, must, needed());
        }
        if (shape.most != Rule.UNBOUNDED) {
            int later = shape.requiredFrom(next < 0 ? at : next + 1);
            if (written + later > shape.most || Math.max(later, must) + written > shape.most) {
                return FAR;
            }
        }
        return costs.from(next < 0 ? Math.min(at, size()) : next + 1, must);
    }

    /** What the members cost that are required and not written. */
    private long required(MemberShape.Costs costs) {
        if (costs != summed) {
            long sum = 0;
            for (int i = shape.required.nextSetBit(0); i >= 0; i = shape.required.nextSetBit(i + 1)) {
                sum += used.get(i) ? 0 : costs.member[i];
            }
            summed = costs;
            requiredSum = sum;
        }
        return requiredSum;
    }

    private long anyOrder(MemberShape.Costs costs, int next, int written, int must, int needed) {
        boolean requires = next >= 0 && shape.required.get(next);
        int later = requires ? needed - 1 : needed;
        if (shape.most != Rule.UNBOUNDED && written + Math.max(later, must) > shape.most) {
            return FAR;
        }
        long sum = required(costs) - (requires ? costs.member[next] : 0);
        int extra = must - later;
        if (extra > 0) {
            long[] optional = MemberShape.lacking(used, size()).stream()
                    .filter(i -> !shape.required.get(i) && i != next && costs.member[i] < FAR)
                    .mapToLong(i -> costs.member[i])
                    .sorted()
                    .limit(extra)
                    .toArray();
            sum += Arrays.stream(optional).sum() + (extra - optional.length) * costs.other;
        }
        return Math.min(FAR, sum);
    }

    @Override
    List<Rule> parts() {
        List<Rule> values = new ArrayList<>();
        shape.named.forEach(member -> values.add(member.value()));
        shape.others.forEach(other -> values.add(other.value()));
        return values;
    }

    @Override
    Rule make() {
        Rule comma = first ? EMPTY : shape.comma;
        List<Rule> options = new ArrayList<>();
        int needed = needed();
        if (needed == 0 && (!shape.counts() || count >= shape.least)) {
            options.add(EMPTY);
        }
        boolean full = shape.most != Rule.UNBOUNDED && count >= shape.most;
        if (!full && (shape.anyOrder || at < size()) && size() > 0) {
            options.add(sequence(comma, Name.of(this)));
        }
        boolean room = shape.most == Rule.UNBOUNDED || count + 1 + needed <= shape.most;
        boolean turn = shape.anyOrder || needed == 0;
        if (room && turn && (!shape.countsOthers() || others < shape.mostOthers)) {
            Members next = afterOther();
            for (MemberShape.Other other : shape.others) {
                Rule rest = sequence(shape.colon, other.value(), next);
                FreeText.Source source = new FreeText.Source(
                        other.form(), shape.names(), rest, other.count().bytes());
                Rule text = others == 0 ? source.first() : source.gate();
                options.add(sequence(comma, literal("\""), text));
            }
        }
        return choice(options);
    }

    /** The named members that may come next, in the order of their spelling. */
    private int[] next() {
        if (shape.anyOrder) {
            return Arrays.stream(shape.sorted)
                    .filter(member -> !used.get(member))
                    .toArray();
        }
        int required = shape.required.nextSetBit(at);
        return Arrays.stream(shape.sorted)
                .filter(member -> member >= at && (required < 0 || member <= required))
                .toArray();
    }

    /** A named member whose name is being written: those between two places of the sorted names agree so far. */
    private static final class Name extends Leaf {
        private final Members members;
        /** The members that could come when the name began, in the order of their spelling. */
        private final int[] sorted;

        private final int depth;
        private final int from;
        private final int to;

        private Name(Members members, int[] sorted, int depth, int from, int to) {
            super(members.shape.recursive);
            this.members = members;
            this.sorted = sorted;
            this.depth = depth;
            this.from = from;
            this.to = to;
        }

        static Rule of(Members members) {
            int[] next = members.next();
            return next.length == 0 ? NEVER : new Name(members, next, 0, 0, next.length);
        }

        @Override
        boolean ends() {
            return false;
        }

        @Override
        long compute(int left) {
            MemberShape.Costs costs = members.shape.costs(left);
            long best = FAR;
            for (int i = from; i < to; i++) {
                best = Math.min(best, way(sorted[i], costs));
            }
            return best;
        }

        /** What is missing when it is this member's name that is being written. */
        private long way(int member, MemberShape.Costs costs) {
            if (costs.member[member] >= FAR) {
                return FAR;
            }
            long rest = members.missing(costs, member);
            return Math.min(FAR, costs.member[member] - 1 - depth + rest);
        }

        @Override
        int shortestByte(int left) {
            MemberShape.Costs costs = members.shape.costs(left);
            int missing = missing(left);
            for (int i = from; i < to; i++) {
                if (way(sorted[i], costs) == missing) {
                    return members.shape.spelled[sorted[i]][depth] & 0xFF;
                }
            }
            return -1;
        }

        @Override
        @Nullable
        Rule derive(int value) {
            int low = edge(value, false);
            int high = edge(value, true);
            if (low == high) {
                return null;
            }
            int member = sorted[low];
            if (members.shape.spelled[member].length == depth + 1) {
                return members.entry(member);
            }
            return members.shape.anyOrder || high - low > Known.LONGEST_RANGE
                    ? new Name(members, sorted, depth + 1, low, high)
                    : shared(low, high);
        }

        /** In fixed order names go on alike where the same members may come after as many. */
        private Name shared(int low, int high) {
            List<Integer> range = Arrays.stream(sorted, low, high).boxed().toList();
            members.shape.known.bound();
            return members.shape.known.names.computeIfAbsent(
                    new Known.Range(members.count, depth + 1, range),
                    key -> new Name(members, sorted, key.depth, low, high));
        }

        /** The first place of the range whose next byte is {@code value} or, when {@code past}, above. */
        private int edge(int value, boolean past) {
            int low = from;
            int high = to;
            while (low < high) {
                int middle = (low + high) >>> 1;
                int here = members.shape.spelled[sorted[middle]][depth] & 0xFF;
                if (here < value || (past && here == value)) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }
    }
}
