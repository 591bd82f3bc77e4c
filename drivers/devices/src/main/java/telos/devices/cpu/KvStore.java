package telos.devices.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * The keys and values of all sequences, as F16, in blocks of {@value #BLOCK_TOKENS} tokens. Neighbouring blocks of a
 * layer are neighbours in memory. Who holds which block is the kernel's business.
 *
 * <p>Layout: [layer][block], then keys [kvHead][headDim][16 tokens], then values [kvHead][16 tokens][headDim].
 */
public final class KvStore {
    public static final int BLOCK_TOKENS = 16;
    private static final int EXPONENT = 0x7c00;
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    /** How far a vector load may reach beyond what it uses. */
    private static final int SLACK = 64;

    private final int layers;
    private final int kvHeads;
    private final int headDim;
    private final int blocks;
    private final MemorySegment memory;
    private volatile boolean finite = true;

    public KvStore(Arena arena, int layers, int kvHeads, int headDim, int blocks) {
        if (layers < 1 || kvHeads < 1 || headDim < 1 || blocks < 1) {
            throw new IllegalArgumentException("a KV store needs at least one of each: layers " + layers + ", heads "
                    + kvHeads + ", dimensions " + headDim + ", blocks " + blocks);
        }
        this.layers = layers;
        this.kvHeads = kvHeads;
        this.headDim = headDim;
        this.blocks = blocks;
        long size = Math.multiplyExact(bytesPerBlock(layers, kvHeads, headDim), (long) blocks);
        memory = arena.allocate(Math.addExact(size, SLACK), 64);
    }

    /** What one block of tokens takes, over all layers: for sizing a store before it is made. */
    public static long bytesPerBlock(int layers, int kvHeads, int headDim) {
        return Math.multiplyExact((long) layers * kvHeads, 2L * 2 * BLOCK_TOKENS * headDim);
    }

    public long bytesPerBlock() {
        return bytesPerBlock(layers, kvHeads, headDim);
    }

    public int layers() {
        return layers;
    }

    public int kvHeads() {
        return kvHeads;
    }

    public int headDim() {
        return headDim;
    }

    public int blocks() {
        return blocks;
    }

    /**
     * Stores one token's keys and values of one layer, rounded to F16.
     *
     * @param slot the token's place in the block, 0 to 15
     * @param k [kvHeads][headDim] from kOffset on; v likewise
     */
    public void write(int layer, int block, int slot, float[] k, int kOffset, float[] v, int vOffset) {
        Objects.checkIndex(layer, layers);
        Objects.checkIndex(block, blocks);
        Objects.checkIndex(slot, BLOCK_TOKENS);
        Objects.checkFromIndexSize(kOffset, kvHeads * headDim, k.length);
        Objects.checkFromIndexSize(vOffset, kvHeads * headDim, v.length);
        long keys = keys(layer, block) + 2L * slot;
        long values = values(layer, block) + 2L * slot * headDim;
        int overflows = 0;
        for (int head = 0; head < kvHeads; head++) {
            long at = (long) head * headBytes();
            for (int d = 0; d < headDim; d++) {
                int from = head * headDim + d;
                short key = Float.floatToFloat16(k[kOffset + from]);
                short value = Float.floatToFloat16(v[vOffset + from]);
                overflows |= ((key & EXPONENT) + 0x400 | (value & EXPONENT) + 0x400) & 0x8000;
                memory.set(SHORT, keys + at + 2L * BLOCK_TOKENS * d, key);
                memory.set(SHORT, values + at + 2L * d, value);
            }
        }
        if (overflows != 0) {
            finite = false;
        }
    }

    /** Copies a block's contents, all layers of it. */
    public void copy(int fromBlock, int toBlock) {
        Objects.checkIndex(fromBlock, blocks);
        Objects.checkIndex(toBlock, blocks);
        for (int layer = 0; layer < layers; layer++) {
            MemorySegment.copy(memory, keys(layer, fromBlock), memory, keys(layer, toBlock), layerBlockBytes());
        }
    }

    /** Where a block's keys of one layer begin. */
    long keys(int layer, int block) {
        return ((long) layer * blocks + block) * layerBlockBytes();
    }

    long values(int layer, int block) {
        return keys(layer, block) + layerBlockBytes() / 2;
    }

    /** The keys, or the values, of one head in one block. */
    long headBytes() {
        return 2L * BLOCK_TOKENS * headDim;
    }

    /** Whether nothing infinite and no NaN was ever written: vector kernels decode finite numbers only. */
    boolean finite() {
        return finite;
    }

    MemorySegment memory() {
        return memory;
    }

    private long layerBlockBytes() {
        return 2L * kvHeads * headBytes();
    }
}
