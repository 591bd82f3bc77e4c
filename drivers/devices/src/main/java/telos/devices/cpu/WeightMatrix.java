package telos.devices.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * A matrix of weights in the order in which the kernels read it. A tile is {@value #TILE} neighbouring rows,
 * interleaved, so that vector lanes are rows and no sum over lanes is ever needed.
 *
 * <p>The values of a tile, for k from 0 to columns - 1 (Q4_0: every fourth k) are 16 numbers, one per row:
 *
 * <ul>
 *   <li>F32: 16 floats. BF16: 16 shorts. Q8_0: 16 bytes.
 *   <li>F16: 16 shorts, each an F16 that is 1024 times the weight: so none is denormal, which costs some machines over
 *       a hundred cycles. A matrix with weights of 64 and more, infinities or NaNs is kept as F32.
 *   <li>Q4_0: 16 shorts, each with the nibbles of k, k+1, k+2, k+3 of one row from its lowest bits up; the rows come in
 *       the order 0, 8, 1, 9, ..., 7, 15, so that the low and the high halves of 32-bit lanes are neighbouring rows.
 * </ul>
 *
 * <p>After the values come the scales of the tile, for each block of 32 columns 16 F16 numbers in the order of rows.
 * Rows beyond the last are zero.
 */
public final class WeightMatrix {
    static final int TILE = 16;
    /** Tiles begin at a cache line. */
    static final int ALIGNMENT = 64;
    /** How far a vector load may reach beyond what it uses. */
    private static final int SLACK = 64;

    /** What F16 values are multiples of in a tile. */
    static final float F16_UNIT = 0x1p-10f;
    /** The bits of 64. */
    private static final int F16_LIMIT = 0x5400;

    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final WeightType type;
    private final int rows;
    private final int columns;
    private final long valueBytes;
    private final long tileBytes;
    private final MemorySegment tiles;

    private WeightMatrix(Arena arena, WeightType type, int rows, int columns) {
        this.type = type;
        this.rows = rows;
        this.columns = columns;
        valueBytes = valueBytes(type, columns);
        long scaleBytes = type.blockElements() == 1 ? 0 : 2L * TILE * (columns / type.blockElements());
        tileBytes = (valueBytes + scaleBytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        tiles = arena.allocate(Math.addExact(Math.multiplyExact(tileBytes, (long) tiles()), SLACK), ALIGNMENT);
    }

    /**
     * Copies a matrix out of a file's bytes.
     *
     * @param raw rows × columns, row after row, as in GGUF; a row is one output feature. It is not needed afterwards.
     * @throws IllegalArgumentException if the sizes do not fit each other, or if a scale is infinite or not a number
     */
    public static WeightMatrix pack(Arena arena, WeightType type, int rows, int columns, MemorySegment raw) {
        if (rows < 1 || columns < 1) {
            throw new IllegalArgumentException(
                    "a matrix needs at least one row and one column, not " + rows + " × " + columns);
        }
        if (columns % type.blockElements() != 0) {
            throw new IllegalArgumentException(
                    type + " rows are blocks of " + type.blockElements() + " columns: " + columns + " do not divide");
        }
        long expected = Math.multiplyExact(type.bytes(columns), (long) rows);
        if (raw.byteSize() != expected) {
            throw new IllegalArgumentException(rows + " × " + columns + " weights of type " + type + " take " + expected
                    + " bytes, but there are " + raw.byteSize());
        }
        if (type == WeightType.F16 && !allSmall(raw, (long) rows * columns)) {
            return packWidened(arena, rows, columns, raw);
        }
        WeightMatrix matrix = new WeightMatrix(arena, type, rows, columns);
        for (int row = 0; row < rows; row++) {
            matrix.packRow(raw, row);
        }
        return matrix;
    }

    public int rows() {
        return rows;
    }

    public int columns() {
        return columns;
    }

    /** The memory it takes. */
    public long bytes() {
        return tiles.byteSize();
    }

    /** Writes one row as floats, exactly: an embedding. */
    public void decodeRow(int row, float[] out, int offset) {
        if (row < 0 || row >= rows) {
            throw new IndexOutOfBoundsException("row " + row + " of a matrix with " + rows + " rows");
        }
        if (offset < 0 || offset > out.length - columns) {
            throw new IndexOutOfBoundsException(
                    columns + " values do not fit at " + offset + " of an array of " + out.length);
        }
        int tile = row / TILE;
        int lane = row % TILE;
        for (int k = 0; k < columns; k++) {
            out[offset + k] = value(tile, lane, k);
        }
    }

    /** One weight, decoded exactly. */
    private float value(int tile, int lane, int k) {
        long base = tile * tileBytes;
        long at = (long) k * TILE + lane;
        return switch (type) {
            case F32 -> tiles.get(FLOAT, base + 4 * at);
            case F16 -> Float.float16ToFloat(tiles.get(SHORT, base + 2 * at)) * F16_UNIT;
            case BF16 -> Float.intBitsToFloat(tiles.get(SHORT, base + 2 * at) << 16);
            case Q8_0 -> tiles.get(ValueLayout.JAVA_BYTE, base + at) * scale(tile, lane, k);
            case Q4_0 -> (nibble(tile, lane, k) - 8) * scale(tile, lane, k);
        };
    }

    private int nibble(int tile, int lane, int k) {
        long at = tile * tileBytes + 2 * ((long) (k / 4) * TILE + nibbleLane(lane));
        return (tiles.get(SHORT, at) >> (4 * (k % 4))) & 15;
    }

    private float scale(int tile, int lane, int k) {
        long at = tile * tileBytes + valueBytes + 2 * ((long) (k / type.blockElements()) * TILE + lane);
        return Float.float16ToFloat(tiles.get(SHORT, at));
    }

    /** Where row {@code lane} of a tile stands among the 16 shorts of Q4_0. */
    static int nibbleLane(int lane) {
        return lane < TILE / 2 ? 2 * lane : 2 * lane - TILE + 1;
    }

    WeightType type() {
        return type;
    }

    int tiles() {
        return (rows + TILE - 1) / TILE;
    }

    long tileBytes() {
        return tileBytes;
    }

    /** From the start of a tile to its scales. */
    long valueBytes() {
        return valueBytes;
    }

    /** All tiles, one after the other. */
    MemorySegment memory() {
        return tiles;
    }

    private static long valueBytes(WeightType type, int columns) {
        long elements = (long) columns * TILE;
        return switch (type) {
            case F32 -> 4 * elements;
            case F16, BF16 -> 2 * elements;
            case Q8_0 -> elements;
            case Q4_0 -> elements / 2;
        };
    }

    private static boolean allSmall(MemorySegment raw, long count) {
        for (long i = 0; i < count; i++) {
            if ((raw.get(SHORT, 2 * i) & 0x7fff) >= F16_LIMIT) {
                return false;
            }
        }
        return true;
    }

    private static boolean finite(short half) {
        return (half & 0x7c00) != 0x7c00;
    }

    private static WeightMatrix packWidened(Arena arena, int rows, int columns, MemorySegment raw) {
        WeightMatrix matrix = new WeightMatrix(arena, WeightType.F32, rows, columns);
        for (int row = 0; row < rows; row++) {
            for (int k = 0; k < columns; k++) {
                float value = Float.float16ToFloat(raw.get(SHORT, 2 * ((long) row * columns + k)));
                matrix.tiles.set(FLOAT, matrix.at(row, k, 4), value);
            }
        }
        return matrix;
    }

    private long at(int row, int k, int size) {
        return row / TILE * tileBytes + size * ((long) k * TILE + row % TILE);
    }

    private void packRow(MemorySegment raw, int row) {
        long from = type.bytes(columns) * row;
        switch (type) {
            case F32 -> {
                for (int k = 0; k < columns; k++) {
                    tiles.set(FLOAT, at(row, k, 4), raw.get(FLOAT, from + 4L * k));
                }
            }
            case F16 -> {
                for (int k = 0; k < columns; k++) {
                    float value = Float.float16ToFloat(raw.get(SHORT, from + 2L * k));
                    tiles.set(SHORT, at(row, k, 2), Float.floatToFloat16(value / F16_UNIT));
                }
            }
            case BF16 -> {
                for (int k = 0; k < columns; k++) {
                    tiles.set(SHORT, at(row, k, 2), raw.get(SHORT, from + 2L * k));
                }
            }
            case Q8_0 -> {
                for (int block = 0; block < columns / 32; block++, from += 34) {
                    packScale(raw.get(SHORT, from), row, block);
                    for (int i = 0; i < 32; i++) {
                        tiles.set(
                                ValueLayout.JAVA_BYTE,
                                at(row, 32 * block + i, 1),
                                raw.get(ValueLayout.JAVA_BYTE, from + 2 + i));
                    }
                }
            }
            case Q4_0 -> {
                for (int block = 0; block < columns / 32; block++, from += 18) {
                    packScale(raw.get(SHORT, from), row, block);
                    packNibbles(raw, from + 2, row, block);
                }
            }
        }
    }

    /** In a GGUF block, byte i holds element i in its low nibble and element i + 16 in its high one. */
    private void packNibbles(MemorySegment raw, long from, int row, int block) {
        long base = row / TILE * tileBytes + 2L * nibbleLane(row % TILE);
        for (int i = 0; i < 16; i += 4) {
            int low = 0;
            int high = 0;
            for (int j = 0; j < 4; j++) {
                int pair = raw.get(ValueLayout.JAVA_BYTE, from + i + j);
                low |= (pair & 15) << (4 * j);
                high |= ((pair >> 4) & 15) << (4 * j);
            }
            tiles.set(SHORT, base + 2L * TILE * (8 * block + i / 4), (short) low);
            tiles.set(SHORT, base + 2L * TILE * (8 * block + i / 4 + 4), (short) high);
        }
    }

    private void packScale(short scale, int row, int block) {
        if (!finite(scale)) {
            throw new IllegalArgumentException("the scale of row " + row + ", block " + block
                    + " is infinite or not a number: the file is damaged");
        }
        tiles.set(SHORT, row / TILE * tileBytes + valueBytes + 2L * (block * TILE + row % TILE), scale);
    }
}
