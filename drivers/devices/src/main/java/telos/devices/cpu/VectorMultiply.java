package telos.devices.cpu;

import static telos.devices.cpu.Machine.HALF_LANES;
import static telos.devices.cpu.Machine.LANES;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Carries a range of rows through the vector kernels: columns in groups of six and four through decoded panels, the
 * rest one by one. It may be used by one thread at a time, because it holds scratch memory.
 */
final class VectorMultiply {
    /** Rows that one call of a kernel for one column covers, at most: ranges begin at multiples of it. */
    static final int ROWS = 64;

    private static final int TILE = WeightMatrix.TILE;
    /** Rows of a panel: at least a tile, at least two vectors. */
    private static final int PANEL = Math.max(TILE, 2 * LANES);
    /** Values of k that are decoded at a time: a panel then takes 16 KiB. */
    private static final int STRETCH = 4096 / PANEL;

    private static final int STRIDE = 4 * PANEL;

    private final MemorySegment panel = Arena.ofAuto().allocate((long) STRETCH * STRIDE, WeightMatrix.ALIGNMENT);
    private final MemorySegment scales = Arena.ofAuto().allocate((long) STRETCH / 32 * STRIDE, WeightMatrix.ALIGNMENT);
    private final float[] edge = new float[ROWS];
    private float[] sums = {};

    /** Computes rows from (a multiple of {@link #ROWS}) to to - 1, for every column of x, into y [batch][rows]. */
    void rows(WeightMatrix w, int from, int to, float[] x, QuantizedColumns quantized, int batch, float[] y) {
        int grouped = groupedColumns(w.type(), batch);
        if (grouped > 0) {
            for (int row = from; row < to; row += PANEL) {
                panel(w, row, x, quantized, grouped, y);
            }
        }
        for (int c = grouped; c < batch; c++) {
            if (w.type() == WeightType.Q4_0) {
                columnQ4(w, from, to, quantized, c, y);
            } else {
                column(w, from, to, x, c, y);
            }
        }
    }

    /** The first so many columns go through panels: in groups of six, with one or two groups of four at the end. */
    private static int groupedColumns(WeightType type, int batch) {
        if (type == WeightType.Q4_0) {
            return batch / 4 * 4;
        }
        int rest = batch % 6;
        if (rest >= 4) {
            return batch - rest + 4;
        }
        return rest >= 2 && batch >= 8 ? batch - rest + 2 : batch - rest;
    }

    /** Columns of the next group, when so many grouped ones are left. */
    private static int group(WeightType type, int left) {
        return type == WeightType.Q4_0 || left % 6 != 0 ? 4 : 6;
    }

    private void column(WeightMatrix w, int from, int to, float[] x, int c, float[] y) {
        int columns = w.columns();
        int at = c * columns;
        int vectors = w.tiles() * TILE / LANES;
        for (int row = from; row < to; row += 4 * LANES) {
            boolean whole = row + 4 * LANES <= w.rows();
            float[] out = whole ? y : edge;
            int outAt = whole ? c * w.rows() + row : 0;
            int last = vectors - 1;
            int first = row / LANES;
            int second = Math.min(first + 1, last);
            int third = Math.min(first + 2, last);
            int fourth = Math.min(first + 3, last);
            long a = values(w, first);
            long b = values(w, second);
            long p = values(w, third);
            long q = values(w, fourth);
            switch (w.type()) {
                case F32 -> ColumnKernels.f32(a, b, p, q, x, at, columns, out, outAt);
                case BF16 -> ColumnKernels.bf16(a, b, p, q, x, at, columns, out, outAt);
                case F16 -> ColumnKernels.f16(a, b, p, q, x, at, columns, out, outAt);
                case Q8_0 ->
                    ColumnKernels.q8(
                            a,
                            b,
                            p,
                            q,
                            scales(w, first),
                            scales(w, second),
                            scales(w, third),
                            scales(w, fourth),
                            x,
                            at,
                            columns,
                            out,
                            outAt);
                case Q4_0 -> throw new AssertionError("Q4_0 has its own kernel");
            }
            if (!whole) {
                System.arraycopy(edge, 0, y, c * w.rows() + row, w.rows() - row);
            }
        }
    }

    private void columnQ4(WeightMatrix w, int from, int to, QuantizedColumns x, int c, float[] y) {
        int columns = w.columns();
        int parts = TILE / 2 / HALF_LANES;
        for (int row = from; row < to; row += 2 * TILE) {
            int first = row / TILE;
            int second = Math.min(first + 1, w.tiles() - 1);
            boolean whole = row + 2 * TILE <= w.rows();
            float[] out = whole ? y : edge;
            int at = whole ? c * w.rows() + row : 0;
            for (int part = 0; part < parts; part++) {
                long values = 4L * HALF_LANES * part;
                long scale = w.valueBytes() + 2L * HALF_LANES * part;
                long a = w.memory().address() + first * w.tileBytes();
                long b = w.memory().address() + second * w.tileBytes();
                int to1 = at + HALF_LANES * part;
                ColumnKernels.q4(
                        a + values,
                        b + values,
                        a + scale,
                        b + scale,
                        x.pairs,
                        c * columns,
                        x.starts,
                        x.scales,
                        c * columns / 32,
                        columns,
                        out,
                        to1,
                        to1 + TILE);
            }
            if (!whole) {
                System.arraycopy(edge, 0, y, c * w.rows() + row, w.rows() - row);
            }
        }
    }

    private void panel(WeightMatrix w, int row, float[] x, QuantizedColumns quantized, int batch, float[] y) {
        int columns = w.columns();
        if (sums.length < batch * PANEL) {
            sums = new float[batch * PANEL];
        }
        Arrays.fill(sums, 0, batch * PANEL, 0f);
        for (int k = 0; k < columns; k += STRETCH) {
            int n = Math.min(STRETCH, columns - k);
            if (w.type() == WeightType.Q4_0) {
                decodeQ4(w, row, k, n);
            } else if (w.type() != WeightType.F32) {
                decode(w, row, k, n);
            }
            for (int pair = 0; pair < PANEL; pair += 2 * LANES) {
                int group;
                for (int c = 0; c < batch; c += group) {
                    group = group(w.type(), batch - c);
                    multiply(w, row, pair, k, n, x, quantized, c, group);
                }
            }
        }
        int count = Math.min(PANEL, w.rows() - row);
        for (int c = 0; c < batch; c++) {
            System.arraycopy(sums, c * PANEL, y, c * w.rows() + row, count);
        }
    }

    private void multiply(
            WeightMatrix w, int row, int pair, int k, int n, float[] x, QuantizedColumns quantized, int c, int group) {
        int columns = w.columns();
        int from = c * columns + k;
        int at = c * PANEL + pair;
        long a = panel.address() + 4L * pair;
        long b = a + 4L * LANES;
        int stride = STRIDE;
        if (w.type() == WeightType.F32) {
            int last = w.tiles() * TILE / LANES - 1;
            int vector = (row + pair) / LANES;
            a = values(w, vector) + 64L * k;
            b = values(w, Math.min(vector + 1, last)) + 64L * k;
            stride = 4 * TILE;
        }
        if (w.type() == WeightType.Q4_0) {
            long s = scales.address() + 4L * pair;
            PanelKernels.fourQ4(
                    a,
                    b,
                    stride,
                    s,
                    s + 4L * LANES,
                    quantized.values,
                    from,
                    columns,
                    quantized.scales,
                    from / 32,
                    n,
                    sums,
                    at,
                    PANEL);
        } else if (group == 6) {
            PanelKernels.six(a, b, stride, x, from, columns, n, sums, at, PANEL);
        } else {
            PanelKernels.four(a, b, stride, x, from, columns, n, sums, at, PANEL);
        }
    }

    private void decode(WeightMatrix w, int row, int k, int n) {
        int last = w.tiles() * TILE / LANES - 1;
        for (int i = 0; i < PANEL / LANES; i++) {
            int vector = Math.min(row / LANES + i, last);
            long to = panel.address() + 4L * LANES * i;
            switch (w.type()) {
                case F16 -> PanelKernels.f16(values(w, vector) + 32L * k, n, to, STRIDE);
                case BF16 -> PanelKernels.bf16(values(w, vector) + 32L * k, n, to, STRIDE);
                case Q8_0 -> PanelKernels.q8(values(w, vector) + 16L * k, scales(w, vector) + k, n, to, STRIDE);
                case F32, Q4_0 -> throw new AssertionError(w.type() + " is not decoded here");
            }
        }
    }

    private void decodeQ4(WeightMatrix w, int row, int k, int n) {
        int last = w.tiles() * TILE / LANES - 1;
        for (int i = 0; i < PANEL / LANES; i++) {
            long from = scales(w, Math.min(row / LANES + i, last)) + k;
            PanelKernels.scales(from, n, scales.address() + 4L * LANES * i, STRIDE);
        }
        for (int i = 0; i < PANEL / TILE; i++) {
            int tile = Math.min(row / TILE + i, w.tiles() - 1);
            for (int part = 0; part < TILE / 2 / HALF_LANES; part++) {
                long from = w.memory().address() + tile * w.tileBytes() + 4L * HALF_LANES * part + 8L * k;
                PanelKernels.q4(from, n, panel.address() + 4L * (TILE * i + HALF_LANES * part), STRIDE);
            }
        }
    }

    /** Where the values of one vector of rows begin. */
    private static long values(WeightMatrix w, int vector) {
        int row = vector * LANES;
        int bytes = switch (w.type()) {
            case F32 -> 4;
            case F16, BF16 -> 2;
            case Q8_0 -> 1;
            case Q4_0 -> throw new AssertionError("nibbles are not in the order of rows");
        };
        return w.memory().address() + row / TILE * w.tileBytes() + (long) bytes * (row % TILE);
    }

    private static long scales(WeightMatrix w, int vector) {
        int row = vector * LANES;
        return w.memory().address() + row / TILE * w.tileBytes() + w.valueBytes() + 2L * (row % TILE);
    }
}
