package telos.plans.values;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Entries are found, and stand, as in a map that keeps the order in which they came. */
class TableTest {
    @Test
    void isAsAMapInOrderWhateverIsPutAndRemoved() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            Table table = new Table();
            Map<Integer, Integer> twin = new LinkedHashMap<>();
            int keys = 1 + random.nextInt(seed % 2 == 0 ? 12 : 60);
            for (int step = 0; step < 300; step++) {
                int name = random.nextInt(keys);
                Key key = Key.of(Whole.of(name));
                switch (random.nextInt(step % 100 > 70 ? 8 : 5)) {
                    case 0, 1, 2 -> {
                        Value before = table.put(key, Value.of(name), Value.of(step));
                        assertThat(number(before)).isEqualTo(twin.put(name, step));
                    }
                    case 3 -> {
                        Table.Entry found = table.find(key);
                        assertThat(found == null ? null : number(found.value)).isEqualTo(twin.get(name));
                    }
                    case 4, 5, 6 -> {
                        Table.Entry gone = table.remove(key);
                        assertThat(gone == null ? null : number(gone.value)).isEqualTo(twin.remove(name));
                    }
                    default -> {
                        if (random.nextInt(20) == 0) {
                            table.clear();
                            twin.clear();
                        }
                    }
                }
                holdsTheSame(table, twin);
            }
        }
    }

    private static void holdsTheSame(Table table, Map<Integer, Integer> twin) {
        assertThat(table.size()).isEqualTo(twin.size());
        assertThat(table.names()).map(TableTest::number).containsExactlyElementsOf(twin.keySet());
        assertThat(table.values()).map(TableTest::number).containsExactlyElementsOf(twin.values());
        List<Integer> stepped = new ArrayList<>();
        for (int at = table.next(0); at >= 0; at = table.next(at + 1)) {
            stepped.add(number(java.util.Objects.requireNonNull(table.at(at)).name));
        }
        assertThat(stepped).containsExactlyElementsOf(twin.keySet());
        Table.Entry last = table.last();
        assertThat(last == null ? null : number(last.name)).isEqualTo(stepped.isEmpty() ? null : stepped.getLast());
    }

    private static @org.jspecify.annotations.Nullable Integer number(@org.jspecify.annotations.Nullable Value value) {
        return value == null ? null : (int) ((Whole) value.payload()).small();
    }
}
