package telos.kernel.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Labels are a lattice, and readers are sets. */
class LabelTest {
    private static final int PRINCIPALS = 9;

    /** What a label says, kept as naively as can be. */
    record Naive(int integrity, Set<String> readers) {
        Naive join(Naive other) {
            Set<String> both = new HashSet<>(readers);
            both.retainAll(other.readers);
            return new Naive(Math.min(integrity, other.integrity), both);
        }

        boolean flowsInto(Naive other) {
            return integrity >= other.integrity && readers.containsAll(other.readers);
        }
    }

    private static Label random(Random random) {
        Integrity integrity = List.of(Integrity.values()).get(random.nextInt(3));
        Readers readers = Readers.EVERYONE;
        if (random.nextInt(5) > 0) {
            List<String> names = new ArrayList<>();
            for (int i = 0; i < PRINCIPALS; i++) {
                if (random.nextInt(3) > 0) {
                    names.add("p" + i);
                }
            }
            readers = Readers.of(names);
        }
        return Label.of(integrity, readers).from(Source.tool("t" + random.nextInt(40)));
    }

    private static Naive naive(Label label) {
        Set<String> readers = new HashSet<>();
        for (int i = 0; i < PRINCIPALS; i++) {
            if (label.readers().contains("p" + i)) {
                readers.add("p" + i);
            }
        }
        if (label.readers().contains("a stranger")) {
            readers.add("a stranger");
        }
        return new Naive(List.of(Integrity.values()).indexOf(label.integrity()), readers);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void areALattice(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 1_000; i++) {
            Label a = random(random);
            Label b = random(random);
            Label c = random(random);
            assertThat(a.join(b)).isEqualTo(b.join(a));
            assertThat(a.join(b).join(c)).isEqualTo(a.join(b.join(c)));
            assertThat(a.join(a)).isSameAs(a);
            assertThat(a.join(Label.BOTTOM)).isSameAs(a);
            assertThat(Label.BOTTOM.join(a)).isSameAs(a);
            assertThat(a.join(Label.MISSING)).isEqualTo(Label.MISSING);
            assertThat(a.flowsInto(a.join(b))).isTrue();
            assertThat(a.join(b).covers(b)).isTrue();
            assertThat(a.flowsInto(b)).isEqualTo(a.join(b).equals(b));
            assertThat(a.flowsInto(b) && b.flowsInto(c) && !a.flowsInto(c)).isFalse();
            if (a.flowsInto(b)) {
                assertThat(a.join(c).flowsInto(b.join(c))).isTrue();
            }
            assertThat(Label.BOTTOM.flowsInto(a) && a.flowsInto(Label.MISSING)).isTrue();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {5, 6, 7})
    void joinAndFlowAsNaiveSetsDo(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 1_000; i++) {
            Label a = random(random);
            Label b = random(random);
            assertThat(naive(a.join(b))).isEqualTo(naive(a).join(naive(b)));
            assertThat(a.flowsInto(b)).isEqualTo(naive(a).flowsInto(naive(b)));
            assertThat(a.equals(b)).isEqualTo(naive(a).equals(naive(b)));
            if (a.equals(b)) {
                assertThat(a.hashCode()).isEqualTo(b.hashCode());
            }
        }
    }

    @Test
    void aJoinThatAddsNothingIsTheSameObject() {
        Label alice = Label.of(Integrity.TRUSTED, Readers.of("alice"));
        Label both = Label.of(Integrity.USER, Readers.of("alice", "bob"));

        assertThat(alice.join(both)).isSameAs(alice);
        assertThat(both.join(alice)).isSameAs(alice);
    }

    @Test
    void remembersSixteenSourcesAndThatThereWereMore() {
        Label label = Label.BOTTOM;
        for (int i = 0; i < 40; i++) {
            label = label.join(Label.of(Integrity.TRUSTED, Readers.EVERYONE).from(Source.tool("t" + (i + 10))));
        }

        assertThat(label.sources().named()).hasSize(Sources.MOST).first().isEqualTo(Source.tool("t10"));
        assertThat(label.sources().more()).isTrue();
        assertThat(label.sources().toString()).endsWith("and others");
    }

    @Test
    void setsOfTenThousandPrincipalsMeetInOnePass() {
        List<String> even = new ArrayList<>();
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            all.add("principal-" + i);
            if (i % 2 == 0) {
                even.add("principal-" + i);
            }
        }
        Readers some = Readers.of(even);
        Readers most = Readers.of(all);

        assertThat(most.intersection(some)).isSameAs(some);
        assertThat(most.containsAll(some)).isTrue();
        assertThat(some.containsAll(most)).isFalse();
        assertThat(some.toString()).endsWith("and 4995 more");
    }

    @Test
    void isTheOneLeastLabelWhereverItDemandsNothing() {
        assertThat(Label.of(Integrity.USER, Readers.EVERYONE)).isSameAs(Label.BOTTOM);
    }
}
