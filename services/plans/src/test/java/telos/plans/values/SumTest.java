package telos.plans.values;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import telos.kernel.security.Integrity;
import telos.kernel.security.Label;
import telos.kernel.security.Readers;

/** What is known of a box as it grows is what would be found by looking through it anew. */
class SumTest {
    private static final Context CONTEXT = new Evaluator(false);

    private static final List<Label> LABELS = List.of(
            Label.BOTTOM,
            Label.of(Integrity.TRUSTED, Readers.of("alice", "bob")),
            Label.of(Integrity.UNTRUSTED, Readers.of("alice")));

    private static Value value(Random random, boolean mayHold) {
        Label label = LABELS.get(random.nextInt(LABELS.size()));
        Value plain = switch (random.nextInt(mayHold ? 5 : 4)) {
            case 0 -> Value.of(random.nextInt(2000));
            case 1 -> Value.of("t".repeat(random.nextInt(9)));
            case 2 -> Value.of(random.nextBoolean());
            case 3 -> Value.of(random.nextDouble());
            default -> new Value(new ListBox());
        };
        Value labelled = plain.raised(label);
        return label.isBottom() ? labelled : labelled.outlined(Outline.of(plain).anyValue());
    }

    private static @Nullable Label joined(List<Value> all) {
        Label label = Label.BOTTOM;
        for (Value each : all) {
            if (!each.isScalar()) {
                return null;
            }
            label = label.join(each.label());
        }
        return label;
    }

    private static void isAsIfLookedThrough(Box box, List<Value> held, Outline fresh) {
        Label label = joined(held);
        assertThat(box.scalars()).isEqualTo(label);
        assertThat(box.computeOutline(Sight.first())).isEqualTo(fresh);
    }

    @Test
    void ofLists() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            ListBox list = new ListBox();
            boolean holds = seed % 3 == 0;
            for (int step = 0; step < 60; step++) {
                int size = list.size();
                switch (random.nextInt(size == 0 ? 4 : 9)) {
                    case 0, 1, 2, 3 -> Lists.append(CONTEXT, list, value(random, holds && step > 20), Label.BOTTOM);
                    case 4 -> Subscripts.delete(CONTEXT, new Value(list), Value.of(random.nextInt(size)));
                    case 5 ->
                        Subscripts.assign(
                                CONTEXT, new Value(list), Value.of(random.nextInt(size)), value(random, holds));
                    case 6 -> list.set(random.nextInt(size), value(random, false));
                    case 7 -> {
                        List<Value> order = new ArrayList<>(list.raw());
                        java.util.Collections.shuffle(order, random);
                        list.arrange(order);
                    }
                    default -> list.widen(Outline.holding(Kind.LIST, 3, Outline.NONE, null));
                }
                List<Value> now = list.elements();
                isAsIfLookedThrough(list, now, new ListBox(now).computeOutline(Sight.first()));
            }
        }
    }

    @Test
    void ofDictionaries() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            DictBox dict = new DictBox();
            boolean holds = seed % 3 == 0;
            for (int step = 0; step < 120; step++) {
                Value key = Value.of(random.nextInt(90)).raised(LABELS.get(random.nextInt(3)));
                if (random.nextInt(8) == 0 && dict.table().find(Key.of(key.payload())) != null) {
                    Subscripts.delete(CONTEXT, new Value(dict), key);
                } else {
                    Subscripts.assign(CONTEXT, new Value(dict), key, value(random, holds && step > 50));
                }
                DictBox copy = new DictBox();
                dict.entries().forEach(copy::put);
                isAsIfLookedThrough(dict, dict.parts(), copy.computeOutline(Sight.first()));
            }
        }
    }

    @Test
    void ofSets() {
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            SetBox set = new SetBox(false);
            for (int step = 0; step < 60; step++) {
                Sets.add(CONTEXT, set, value(random, false), Label.BOTTOM);
                if (random.nextInt(6) == 0) {
                    Sets.update(
                            CONTEXT,
                            random.nextBoolean() ? BinaryOperation.AND : BinaryOperation.XOR,
                            set,
                            new Value(Sets.copy(CONTEXT, set, false)),
                            Label.BOTTOM);
                }
                List<Value> now = set.elements();
                SetBox copy = new SetBox(false);
                now.forEach(each -> copy.table().put(Key.of(each.payload()), each, Value.NOTHING));
                isAsIfLookedThrough(set, now, copy.computeOutline(Sight.first()));
            }
        }
    }
}
