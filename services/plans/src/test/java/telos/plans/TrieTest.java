package telos.plans;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrieTest {
    private static final List<String> VALUES = List.of("a", "b", "c", "d");

    /** Many keys have the same hash, and many hashes the same lowest bits. */
    private record Key(int number, int spread) {
        @Override
        public int hashCode() {
            return number % spread << 20 | number % 3;
        }
    }

    private record Twins(Trie<Key, Object> trie, Map<Key, Object> map) {
        Twins with(Key key, Object value) {
            Map<Key, Object> more = new HashMap<>(map);
            more.put(key, value);
            return new Twins(trie.with(key, value), more);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 100, 5_000})
    void holdsWhatAMapHoldsAndFindsWhatTwoDifferIn(int spread) {
        Random random = new Random(spread);
        List<Twins> all = new ArrayList<>(List.of(new Twins(Trie.empty(), Map.of())));
        for (int i = 0; i < 400; i++) {
            Twins from = all.get(random.nextInt(all.size()));
            for (int more = random.nextInt(12); more >= 0; more--) {
                from = from.with(new Key(random.nextInt(150), spread), VALUES.get(random.nextInt(4)));
            }
            all.add(from);
            Twins other = all.get(random.nextInt(all.size()));
            assertThat(entries(from.trie())).isEqualTo(from.map());
            assertThat(from.trie().isEmpty()).isEqualTo(from.map().isEmpty());
            Key key = new Key(random.nextInt(150), spread);
            assertThat(from.trie().at(key)).isEqualTo(from.map().get(key));
            assertThat(differences(from.trie(), other.trie())).isEqualTo(naive(from.map(), other.map()));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100})
    void staysTheSameMapWhereNothingChanges(int spread) {
        Trie<Key, Object> trie = Trie.empty();
        Object value = new Object();
        for (int i = 0; i < 50; i++) {
            trie = trie.with(new Key(i, spread), value);
        }
        for (int i = 0; i < 50; i++) {
            assertThat(trie.with(new Key(i, spread), value)).isSameAs(trie);
        }
    }

    private static Map<Key, Object> entries(Trie<Key, Object> trie) {
        Map<Key, Object> all = new HashMap<>();
        Trie.<Key, Object>empty()
                .differences(
                        trie, (key, _, value) -> assertThat(all.put(key, value)).isNull());
        return all;
    }

    private static Map<Key, List<Object>> differences(Trie<Key, Object> one, Trie<Key, Object> two) {
        Map<Key, List<Object>> all = new HashMap<>();
        one.differences(
                two,
                (key, first, second) -> assertThat(all.put(key, List.of(String.valueOf(first), String.valueOf(second))))
                        .isNull());
        return all;
    }

    private static Map<Key, List<Object>> naive(Map<Key, Object> one, Map<Key, Object> two) {
        Map<Key, List<Object>> all = new HashMap<>();
        one.forEach((key, first) -> {
            if (!java.util.Objects.equals(two.get(key), first)) {
                all.put(key, List.of(String.valueOf(first), String.valueOf(two.get(key))));
            }
        });
        two.forEach((key, second) -> {
            if (!one.containsKey(key)) {
                all.put(key, List.of("null", String.valueOf(second)));
            }
        });
        return all;
    }
}
