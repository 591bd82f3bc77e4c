package telos.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Rows of text in aligned columns; the last column is as wide as its text. */
final class Grid {
    private final List<String[]> rows = new ArrayList<>();

    Grid(String... head) {
        rows.add(head);
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
                line.append(row[i]);
                if (i < columns - 1) {
                    line.repeat(' ', width[i] - row[i].length() + 2);
                }
            }
            out.println(head ? paint.bold(line.toString()) : line.toString());
            head = false;
        }
    }
}
