package telos.devices.cpu;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;

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
        matrix.packTiles(raw);
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
        int lane = row % TILE;
        float[] stretch = new float[ScalarMultiply.STRETCH * TILE];
        float[] scales = new float[TILE];
        for (int k = 0; k < columns; k += ScalarMultiply.STRETCH) {
            int n = Math.min(ScalarMultiply.STRETCH, columns - k);
            ScalarMultiply.decode(this, row / TILE, k, n, stretch, scales);
            float scale = type == WeightType.Q4_0 ? scales[lane] : 1f;
            for (int i = 0; i < n; i++) {
                out[offset + k + i] = stretch[i * TILE + lane] * scale;
            }
        }
    }

    /** Where row {@code lane} of a tile stands among the 16 shorts of Q4_0. */
    static int nibbleLane(int lane) {
        return lane < TILE / 2 ? 2 * lane : 2 * lane - TILE + 1;
    }

    /** How it is held in memory: as in the file, but for F16 with large weights, which become F32. */
    public WeightType type() {
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
        float[] wide = new float[columns];
        byte[] floats = new byte[4 * columns];
        MemorySegment row = MemorySegment.ofArray(floats);
        WeightMatrix matrix = new WeightMatrix(arena, WeightType.F32, rows, columns);
        byte[] tile = new byte[Math.toIntExact(matrix.tileBytes)];
        for (int r = 0; r < rows; r++) {
            for (int k = 0; k < columns; k++) {
                wide[k] = Float.float16ToFloat(raw.get(SHORT, 2 * ((long) r * columns + k)));
            }
            MemorySegment.copy(wide, 0, row, FLOAT, 0, columns);
            matrix.packRow(floats, r, tile);
            matrix.storeTileAfter(r, tile);
        }
        return matrix;
    }

    /** By way of arrays: code that has just started reads them much faster than native memory. */
    private void packTiles(MemorySegment raw) {
        int rowBytes = Math.toIntExact(type.bytes(columns));
        byte[] row = new byte[rowBytes];
        byte[] tile = new byte[Math.toIntExact(tileBytes)];
        for (int r = 0; r < rows; r++) {
            MemorySegment.copy(raw, ValueLayout.JAVA_BYTE, (long) rowBytes * r, row, 0, rowBytes);
            packRow(row, r, tile);
            storeTileAfter(r, tile);
        }
    }

    /** Stores a tile once its last row is there. */
    private void storeTileAfter(int row, byte[] tile) {
        if (row % TILE == TILE - 1 || row == rows - 1) {
            MemorySegment.copy(tile, 0, tiles, ValueLayout.JAVA_BYTE, row / TILE * tileBytes, tile.length);
            Arrays.fill(tile, (byte) 0);
        }
    }

    private void packRow(byte[] raw, int row, byte[] tile) {
        int lane = row % TILE;
        switch (type) {
            case F32 -> {
                for (int k = 0; k < columns; k++) {
                    System.arraycopy(raw, 4 * k, tile, 4 * (k * TILE + lane), 4);
                }
            }
            case F16 -> {
                for (int k = 0; k < columns; k++) {
                    float value = Float.float16ToFloat(half(raw, 2 * k));
                    short scaled = Float.floatToFloat16(value / F16_UNIT);
                    int to = 2 * (k * TILE + lane);
                    tile[to] = (byte) scaled;
                    tile[to + 1] = (byte) (scaled >> 8);
                }
            }
            case BF16 -> {
                for (int k = 0; k < columns; k++) {
                    int to = 2 * (k * TILE + lane);
                    tile[to] = raw[2 * k];
                    tile[to + 1] = raw[2 * k + 1];
                }
            }
            case Q8_0 -> {
                for (int block = 0; block < columns / 32; block++) {
                    packScale(raw, 34 * block, row, block, tile);
                    int from = 34 * block + 2;
                    int to = 32 * TILE * block + lane;
                    for (int i = 0; i < 32; i++) {
                        tile[to + TILE * i] = raw[from + i];
                    }
                }
            }
            case Q4_0 -> {
                for (int block = 0; block < columns / 32; block++) {
                    packScale(raw, 18 * block, row, block, tile);
                    packNibbles(raw, 18 * block + 2, tile, 16 * TILE * block + 2 * nibbleLane(lane));
                }
            }
        }
    }

    /** In a GGUF block, byte i holds element i in its low nibble and element i + 16 in its high one. */
    private static void packNibbles(byte[] raw, int from, byte[] tile, int to) {
        int half = 4 * 2 * TILE;
        for (int i = 0; i < 16; i += 2) {
            int first = raw[from + i];
            int second = raw[from + i + 1];
            int at = to + (i / 4) * 2 * TILE + (i % 4) / 2;
            tile[at] = (byte) ((first & 15) | (second << 4));
            tile[at + half] = (byte) (((first >> 4) & 15) | (second & 0xf0));
        }
    }

    private void packScale(byte[] raw, int from, int row, int block, byte[] tile) {
        if (!finite(half(raw, from))) {
            throw new IllegalArgumentException("the scale of row " + row + ", block " + block
                    + " is infinite or not a number: the file is damaged");
        }
        int to = (int) valueBytes + 2 * (block * TILE + row % TILE);
        tile[to] = raw[from];
        tile[to + 1] = raw[from + 1];
    }

    private static short half(byte[] raw, int at) {
        return (short) ((raw[at] & 0xff) | (raw[at + 1] << 8));
    }
}
