package telos.kernel.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What a {@link BlockPool} with least-recently-used eviction must do, by counting and searching. It does not know which
 * free block the pool prefers: it is told the table and checks that the choice was allowed.
 */
final class NaivePool {
    final Map<Long, Naive> sequences = new LinkedHashMap<>();
    private final int total;
    private final int blockTokens;
    /** By findable block: the number of the prefix that ends with its last token. */
    private final Map<Integer, Integer> findable = new HashMap<>();

    /** Findable and unreferenced, the first to go first. */
    private final List<Integer> released = new ArrayList<>();

    private long hitTokens;
    private long missTokens;
    private long evictions;

    NaivePool(int total, int blockTokens) {
        this.total = total;
        this.blockTokens = blockTokens;
    }

    static final class Naive {
        final IsolationKey key;
        /** The number of the prefix that ends at each position. */
        final List<Integer> prefixes;

        int computed;
        List<Integer> blocks;

        Naive(IsolationKey key, List<Integer> prefixes, int computed, List<Integer> blocks) {
            this.key = key;
            this.prefixes = new ArrayList<>(prefixes);
            this.computed = computed;
            this.blocks = new ArrayList<>(blocks);
        }
    }

    Naive of(long sequence) {
        return Objects.requireNonNull(sequences.get(sequence));
    }

    /** The blocks that a prompt would find again. */
    private List<Integer> found(List<Integer> prefixes) {
        List<Integer> found = new ArrayList<>();
        for (int end = blockTokens; end < prefixes.size(); end += blockTokens) {
            int wanted = prefixes.get(end - 1);
            Integer block = findable.entrySet().stream()
                    .filter(entry -> entry.getValue() == wanted)
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse(-1);
            if (block < 0) {
                break;
            }
            found.add(block);
        }
        return found;
    }

    Allocation expectedOpen(List<Integer> prefixes, int spare) {
        List<Integer> found = found(prefixes);
        int blocks = blocksFor(prefixes.size());
        int needed = blocks - found.size();
        Set<Integer> busy = used();
        busy.addAll(found);
        int available = total - busy.size();
        if (needed + spare > available) {
            return refused(blocks, needed, available);
        }
        return new Allocation.Granted(found.size() * blockTokens, List.of());
    }

    void open(long sequence, IsolationKey key, List<Integer> prefixes, List<Integer> blocks) {
        List<Integer> found = found(prefixes);
        hitTokens += (long) found.size() * blockTokens;
        missTokens += prefixes.size() - (long) found.size() * blockTokens;
        released.removeAll(found);
        assertThat(blocks.subList(0, found.size())).isEqualTo(found);
        takeNew(blocks.subList(found.size(), blocks.size()), found);
        sequences.put(sequence, new Naive(key, prefixes, found.size() * blockTokens, blocks));
    }

    Allocation expectedAppend(long sequence, int count, List<BlockCopy> copies) {
        Naive naive = of(sequence);
        int blocks = blocksFor(naive.prefixes.size() + count);
        int needed = blocks - naive.blocks.size() + (copies(sequence, count) ? 1 : 0);
        int available = total - used().size();
        return needed > available ? refused(blocks, needed, available) : new Allocation.Granted(0, copies);
    }

    /** Whether the sequence's last block must be copied before it takes more tokens. */
    boolean copies(long sequence, int count) {
        Naive naive = of(sequence);
        return count > 0 && naive.prefixes.size() % blockTokens != 0 && references(naive.blocks.getLast()) > 1;
    }

    void append(long sequence, List<Integer> more, List<Integer> blocks) {
        Naive naive = of(sequence);
        int kept = naive.blocks.size() - (copies(sequence, more.size()) ? 1 : 0);
        assertThat(blocks.subList(0, kept)).isEqualTo(naive.blocks.subList(0, kept));
        takeNew(blocks.subList(kept, blocks.size()), List.of());
        naive.prefixes.addAll(more);
        naive.blocks = new ArrayList<>(blocks);
    }

    void commit(long sequence, int count) {
        Naive naive = of(sequence);
        int first = naive.computed / blockTokens;
        naive.computed += count;
        for (int index = first; index < naive.computed / blockTokens; index++) {
            int prefix = naive.prefixes.get((index + 1) * blockTokens - 1);
            if (!findable.containsValue(prefix)) {
                findable.put(naive.blocks.get(index), prefix);
            }
        }
    }

    void fork(long parent, long child) {
        Naive from = of(parent);
        sequences.put(child, new Naive(from.key, from.prefixes, from.computed, from.blocks));
    }

    void free(long sequence) {
        Naive freed = of(sequence);
        sequences.remove(sequence);
        for (int block : freed.blocks.reversed()) {
            if (references(block) == 0 && findable.containsKey(block)) {
                released.add(block);
            }
        }
    }

    int references(int block) {
        return references()[block];
    }

    int[] references() {
        int[] references = new int[total];
        sequences.values().forEach(naive -> naive.blocks.forEach(block -> references[block]++));
        return references;
    }

    boolean isFindable(int block) {
        return findable.containsKey(block);
    }

    PoolStatistics statistics() {
        Map<Integer, Integer> held = new HashMap<>();
        for (Naive naive : sequences.values()) {
            for (int index = 0; index < naive.blocks.size(); index++) {
                int slots = Math.min(blockTokens, naive.prefixes.size() - index * blockTokens);
                held.merge(naive.blocks.get(index), slots, Math::max);
            }
        }
        int used = held.size();
        int cached = released.size();
        long tokens = held.values().stream().mapToLong(slots -> slots).sum();
        return new PoolStatistics(
                total, used, cached, total - used - cached, blockTokens, tokens, hitTokens, missTokens, evictions);
    }

    private void takeNew(List<Integer> taken, List<Integer> alsoUsed) {
        Set<Integer> busy = used();
        busy.addAll(alsoUsed);
        while (total - busy.size() - released.size() < taken.size()) {
            findable.remove(released.removeFirst());
            evictions++;
        }
        assertThat(taken).doesNotHaveDuplicates();
        assertThat(Collections.disjoint(taken, busy))
                .as("%s are nobody's", taken)
                .isTrue();
        assertThat(Collections.disjoint(taken, findable.keySet()))
                .as("%s hold nothing", taken)
                .isTrue();
    }

    private Set<Integer> used() {
        Set<Integer> used = new HashSet<>();
        sequences.values().forEach(naive -> used.addAll(naive.blocks));
        return used;
    }

    private Allocation.Refused refused(int blocks, int needed, int available) {
        return new Allocation.Refused(
                blocks > total ? Allocation.Why.LARGER_THAN_POOL : Allocation.Why.NO_FREE_BLOCK, needed, available);
    }

    private int blocksFor(int tokens) {
        return (tokens + blockTokens - 1) / blockTokens;
    }
}
