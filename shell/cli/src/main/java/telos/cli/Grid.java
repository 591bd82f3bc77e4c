package telos.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Rows of text in aligned columns; the last column is as wide as its text, unless it holds figures. */
final class Grid {
    private final List<String[]> rows = new ArrayList<>();
    private final BitSet figures = new BitSet();

    Grid(String... head) {
        rows.add(head);
    }

    /** Aligns these columns at the right. */
    Grid figures(int... columns) {
        for (int column : columns) {
            figures.set(column);
        }
        return this;
    }

    void row(Object... cells) {
        String[] row = new String[cells.length];
        for (int i = 0; i < cells.length; i++) {
            row[i] = Paint.line(String.valueOf(cells[i]));
        }
        rows.add(row);
    }

    void print(PrintStream out, Paint paint) {
        int columns = rows.getFirst().length;
        int[] width = new int[columns];
        for (String[] row : rows) {
            for (int i = 0; i < columns; i++) {
                width[i] = Math.max(width[i], row[i].length());
            }
        }
        boolean head = true;
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                int gap = width[i] - row[i].length();
                line.repeat(' ', figures.get(i) ? gap : 0).append(row[i]);
                if (i < columns - 1) {
                    line.repeat(' ', figures.get(i) ? 2 : gap + 2);
                }
            }
            out.println(head ? paint.bold(line.toString()) : line.toString());
            head = false;
        }
    }
}
