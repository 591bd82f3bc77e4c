package telos.inference.constraint;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Items out of a few fixed ones, none of them twice. */
final class Distinct extends Rule.Deferred {
    /** The items, a least and a greatest number of them, and what stands between two. */
    record Shape(List<Rule> items, int least, int most, Rule comma) {}

    private final Shape shape;
    private final BitSet used;

    private Distinct(Shape shape, BitSet used) {
        super(false);
        this.shape = shape;
        this.used = used;
    }

    static Rule of(Shape shape) {
        return new Distinct(shape, new BitSet());
    }

    @Override
    long compute(int left) {
        int more = Math.max(0, shape.least - used.cardinality());
        long[] costs = MemberShape.lacking(used, shape.items.size()).stream()
                .mapToLong(i -> shape.items.get(i).missing(0) + 1L)
                .sorted()
                .limit(more)
                .toArray();
        long sum = 0;
        for (long cost : costs) {
            sum += cost;
        }
        return costs.length < more ? FAR : used.isEmpty() && sum > 0 ? sum - 1 : sum;
    }

    @Override
    List<Rule> parts() {
        return shape.items;
    }

    @Override
    Rule make() {
        int count = used.cardinality();
        List<Rule> options = new ArrayList<>();
        if (count >= shape.least) {
            options.add(EMPTY);
        }
        if (shape.most == UNBOUNDED || count < shape.most) {
            for (int item : MemberShape.lacking(used, shape.items.size())) {
                BitSet longer = (BitSet) used.clone();
                longer.set(item);
                options.add(
                        sequence(count == 0 ? EMPTY : shape.comma, shape.items.get(item), new Distinct(shape, longer)));
            }
        }
        return choice(options);
    }
}
