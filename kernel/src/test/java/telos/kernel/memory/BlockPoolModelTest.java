package telos.kernel.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The pool against {@link NaivePool}, operation by operation, over a simulated arena. */
class BlockPoolModelTest {
    private static final int STEPS = 1000;
    private static final List<IsolationKey> KEYS = List.of(
            new IsolationKey("mini", "alice", "public"),
            new IsolationKey("mini", "alice", "secret"),
            new IsolationKey("mini", "bob", "public"));

    record Shape(int blocks, int blockTokens) {}

    static Stream<Arguments> worlds() {
        List<Named<ChainHash>> hashes = List.of(
                Named.of("mixing", ChainHash.mixing()),
                Named.of("every hash equal", hashInto(1)),
                Named.of("three hashes", hashInto(3)));
        List<Shape> shapes = List.of(new Shape(6, 2), new Shape(24, 4), new Shape(60, 3), new Shape(10, 1));
        return hashes.stream()
                .flatMap(hash -> shapes.stream()
                        .flatMap(shape -> Stream.of(1L, 2L, 3L).map(seed -> Arguments.of(hash, shape, seed))));
    }

    private static ChainHash hashInto(int buckets) {
        return new ChainHash() {
            @Override
            public long root(IsolationKey key) {
                return 0;
            }

            @Override
            public long next(long parent, int[] tokens, int from, int to) {
                return (parent + tokens[from]) % buckets;
            }
        };
    }

    @ParameterizedTest(name = "{0}, {1}, seed {2}")
    @MethodSource("worlds")
    void doesWhatTheNaivePoolDoes(ChainHash hash, Shape shape, long seed) {
        World world = new World(hash, shape, seed);
        for (int step = 0; step < STEPS; step++) {
            world.step();
            world.check();
        }
        world.freeAll();
        world.check();
        assertThat(world.pool.statistics().used()).isZero();
        assertThat(world.pool.statistics().evictions()).isPositive();
        assertThat(world.pool.statistics().hitTokens()).isPositive();
    }

    private static final class World {
        private final Random random;
        private final Shape shape;
        private final BlockPool pool;
        private final NaivePool naive;
        private final SimulatedArena arena;
        private final List<int[]> prompts = new ArrayList<>();
        private long nextSequence;

        World(ChainHash hash, Shape shape, long seed) {
            this.random = new Random(seed);
            this.shape = shape;
            this.pool = new BlockPool(shape.blocks(), shape.blockTokens(), Eviction.leastRecentlyUsed(), hash);
            this.naive = new NaivePool(shape.blocks(), shape.blockTokens());
            this.arena = new SimulatedArena(shape.blocks(), shape.blockTokens());
        }

        void step() {
            int dice = random.nextInt(100);
            if (naive.sequences.isEmpty() || dice < 20) {
                open();
            } else if (dice < 55) {
                append(any());
            } else if (dice < 75) {
                compute(any());
            } else if (dice < 83) {
                fork(any());
            } else if (dice < 97) {
                free(any());
            } else {
                misuse(any());
            }
        }

        private void open() {
            IsolationKey key = KEYS.get(random.nextInt(KEYS.size()));
            int[] prompt = prompt();
            int spare = random.nextInt(4) == 0 ? random.nextInt(3) : 0;
            long sequence = nextSequence++;
            List<Integer> prefixes = arena.prefixes(key, prompt);
            Allocation expected = naive.expectedOpen(prefixes, spare);
            assertThat(pool.open(sequence, prompt, key, spare)).isEqualTo(expected);
            assertThat(pool.isOpen(sequence)).isEqualTo(expected instanceof Allocation.Granted);
            if (expected instanceof Allocation.Granted) {
                naive.open(sequence, key, prefixes, blocks(sequence));
            }
        }

        /** Half of the prompts go on from somewhere in an earlier one. */
        private int[] prompt() {
            int most = shape.blocks() * shape.blockTokens();
            int length = 1 + random.nextInt(random.nextInt(20) == 0 ? most * 2 : Math.max(2, most / 3));
            int[] prompt = random.ints(length, 0, 3).toArray();
            if (!prompts.isEmpty() && random.nextInt(4) != 0) {
                int[] earlier = prompts.get(random.nextInt(prompts.size()));
                System.arraycopy(earlier, 0, prompt, 0, Math.min(length, 1 + random.nextInt(earlier.length)));
            }
            if (prompts.size() < 8) {
                prompts.add(prompt);
            } else if (random.nextInt(5) == 0) {
                prompts.set(random.nextInt(prompts.size()), prompt);
            }
            return prompt;
        }

        private void append(long sequence) {
            int[] tokens = random.ints(random.nextInt(2 * shape.blockTokens() + 1), 0, 3)
                    .toArray();
            List<Integer> before = naive.of(sequence).prefixes;
            int prefix = before.getLast();
            List<Integer> more = new ArrayList<>();
            for (int token : tokens) {
                prefix = arena.extend(prefix, token);
                more.add(prefix);
            }
            boolean copy = naive.copies(sequence, tokens.length);
            int last = blocks(sequence).getLast();
            int index = blocks(sequence).size() - 1;
            Allocation actual = pool.append(sequence, tokens);
            List<BlockCopy> copies = !copy || actual instanceof Allocation.Refused
                    ? List.of()
                    : List.of(new BlockCopy(last, blocks(sequence).get(index), before.size() % shape.blockTokens()));
            assertThat(actual).isEqualTo(naive.expectedAppend(sequence, tokens.length, copies));
            if (actual instanceof Allocation.Granted granted) {
                granted.copies().forEach(arena::copy);
                naive.append(sequence, more, blocks(sequence));
            }
        }

        private void compute(long sequence) {
            NaivePool.Naive reference = naive.of(sequence);
            int left = reference.prefixes.size() - reference.computed;
            int count = random.nextBoolean() ? left : random.nextInt(left + 1);
            for (int position = reference.computed; position < reference.computed + count; position++) {
                assertThat(naive.references(reference.blocks.get(position / shape.blockTokens())))
                        .as("sequences that see a slot being written")
                        .isEqualTo(1);
                arena.write(pool.table(sequence), position, reference.prefixes.get(position));
            }
            pool.commit(sequence, count);
            naive.commit(sequence, count);
        }

        private void fork(long parent) {
            NaivePool.Naive from = naive.of(parent);
            long child = nextSequence++;
            if (from.computed < from.prefixes.size()) {
                assertThat(pool.fork(parent, child))
                        .isEqualTo(new Allocation.Refused(Allocation.Why.NOT_COMPUTED, 0, pool.available()));
            } else {
                assertThat(pool.fork(parent, child)).isEqualTo(new Allocation.Granted(from.prefixes.size(), List.of()));
                naive.fork(parent, child);
            }
        }

        private void free(long sequence) {
            pool.free(sequence);
            naive.free(sequence);
        }

        private void misuse(long sequence) {
            int uncomputed =
                    pool.table(sequence).length() - pool.table(sequence).computed();
            assertThatIllegalArgumentException().isThrownBy(() -> pool.open(sequence, new int[1], KEYS.getFirst()));
            assertThatIllegalArgumentException().isThrownBy(() -> pool.open(nextSequence, new int[0], KEYS.getFirst()));
            assertThatIllegalArgumentException().isThrownBy(() -> pool.commit(sequence, uncomputed + 1));
            assertThatIllegalArgumentException().isThrownBy(() -> pool.commit(sequence, -1));
            assertThatIllegalArgumentException().isThrownBy(() -> pool.fork(sequence, sequence));
            assertThatIllegalArgumentException().isThrownBy(() -> pool.append(nextSequence, 1));
            assertThatIllegalArgumentException().isThrownBy(() -> pool.free(nextSequence));
        }

        void freeAll() {
            List.copyOf(naive.sequences.keySet()).forEach(this::free);
        }

        void check() {
            assertThat(pool.statistics()).isEqualTo(naive.statistics());
            int[] references = naive.references();
            for (int block = 0; block < shape.blocks(); block++) {
                boolean findable = naive.isFindable(block);
                boolean asExpected = pool.references(block) == references[block]
                        && pool.isFindable(block) == findable
                        && pool.isFree(block) == (references[block] == 0 && !findable);
                assertThat(asExpected).as("block %d", block).isTrue();
            }
            naive.sequences.forEach((sequence, reference) -> {
                BlockTable table = pool.table(sequence);
                assertThat(table.length()).isEqualTo(reference.prefixes.size());
                assertThat(table.computed()).isEqualTo(reference.computed);
                assertThat(blocks(sequence)).isEqualTo(reference.blocks);
                arena.assertReadsBack(table, reference.prefixes);
            });
        }

        private long any() {
            return List.copyOf(naive.sequences.keySet()).get(random.nextInt(naive.sequences.size()));
        }

        private List<Integer> blocks(long sequence) {
            return Arrays.stream(pool.table(sequence).blocks()).boxed().toList();
        }
    }
}
