package telos.kernel.memory;

import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Stands in for a driver's arena. A slot holds the number of the exact prefix that ends with its token (key and all
 * tokens so far), because that is what keys and values depend on. Prefixes are numbered by interning, so that two numbers
 * are equal exactly where the prefixes are.
 */
public final class SimulatedArena {
    private static final int JUNK = -1;

    private record Extension(int prefix, int token) {}

    private final Map<IsolationKey, Integer> roots = new HashMap<>();
    private final Map<Extension, Integer> extensions = new HashMap<>();
    private final int[][] slots;
    private int numbers;

    public SimulatedArena(int blocks, int blockTokens) {
        slots = new int[blocks][blockTokens];
        for (int[] block : slots) {
            Arrays.fill(block, JUNK);
        }
    }

    /** The number of the empty prefix under a key. */
    public int empty(IsolationKey key) {
        return roots.computeIfAbsent(key, _ -> numbers++);
    }

    public int extend(int prefix, int token) {
        return extensions.computeIfAbsent(new Extension(prefix, token), _ -> numbers++);
    }

    /** One number per position. */
    public List<Integer> prefixes(IsolationKey key, int... tokens) {
        List<Integer> prefixes = new ArrayList<>();
        int prefix = empty(key);
        for (int token : tokens) {
            prefix = extend(prefix, token);
            prefixes.add(prefix);
        }
        return prefixes;
    }

    public void copy(BlockCopy copy) {
        System.arraycopy(slots[copy.from()], 0, slots[copy.to()], 0, copy.tokens());
    }

    public void write(BlockTable table, int position, int prefix) {
        int[] block = slots[table.block(position / slots[0].length)];
        block[position % block.length] = prefix;
    }

    /** Every computed position of the table holds what belongs there. */
    public void assertReadsBack(BlockTable table, List<Integer> prefixes) {
        for (int position = 0; position < table.computed(); position++) {
            int[] block = slots[table.block(position / slots[0].length)];
            if (block[position % block.length] != prefixes.get(position)) {
                fail("sequence " + table.sequence() + " does not read its own token at position " + position);
            }
        }
    }
}
