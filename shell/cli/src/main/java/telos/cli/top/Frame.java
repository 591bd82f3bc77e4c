package telos.cli.top;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jline.utils.WCWidth;
import telos.cli.clock.Figures;

/** What the board looks like on a screen of a size: at most as many lines as it has, none longer than it is wide. */
final class Frame {
    private static final String KEYS =
            "q quit  arrows select  k kill  w weight  s sort  R reverse  Tab kind  p pause  +/- pace  h help";
    private static final List<String> HELP = List.of(
            "up, down, PgUp, PgDn, Home, End   select",
            "k        kill the selected agent or program",
            "w or r   give the selected one another weight",
            "s        sort by the next column; R the other way round",
            "Tab      only tenants, agents, requests, programs; Esc: all",
            "p        pause or go on; + and - show it less or more often",
            "Ctrl-L   draw anew",
            "q        quit; so does Ctrl-C");
    private static final int FEWEST_ROWS = 3;
    private static final int NAME_AT_LEAST = 12;
    private static final int NAME_AT_MOST = 40;
    private static final int WHAT_AT_LEAST = 8;

    private final Board board;
    private final int width;
    private final int height;
    private final List<Line> lines = new ArrayList<>();

    /** How a line is drawn. */
    enum Look {
        PLAIN,
        HEAD,
        SELECTED,
        FAINT,
        ALARM
    }

    record Line(String text, Look look) {}

    /**
     * A column.
     *
     * @param width its characters; 0 for whatever is left
     * @param needed the greater, the longer it stays on a narrow screen
     */
    private record Column(String head, int width, boolean figure, int needed, Function<Row, String> text) {}

    private static final List<Column> COLUMNS = List.of(
            new Column("KIND", 7, false, 9, row -> row.kind().word()),
            new Column("ID", 6, true, 10, Row::id),
            new Column("NAME", NAME_AT_LEAST, false, 10, Row::name),
            new Column("STATE", 8, false, 8, Row::state),
            new Column(
                    "WEIGHT",
                    7,
                    true,
                    7,
                    row -> row.weight().isPresent() ? "" + row.weight().getAsLong() : "-"),
            new Column("ASKED", 6, true, 4, row -> row.weight().isPresent() ? Figures.share(row.asked()) : "-"),
            new Column("GOT", 6, true, 6, row -> row.weight().isPresent() ? Figures.share(row.got()) : "-"),
            new Column("WAITED", 7, true, 5, row -> Figures.span(row.waited())),
            new Column("USED", 6, true, 3, Row::usedText),
            new Column("AGE", 6, true, 2, row -> row.age() == 0 ? "-" : Figures.span(row.age())));

    private Frame(Board board, int width, int height) {
        this.board = board;
        this.width = Math.max(1, width);
        this.height = Math.max(1, height);
    }

    static List<Line> of(Board board, int width, int height) {
        return new Frame(board, width, height).draw();
    }

    private List<Line> draw() {
        List<Row> rows = board.rows();
        if (height >= FEWEST_ROWS + 5) {
            for (String line : board.sample().title()) {
                add(line, Look.PLAIN);
            }
            add(state(rows.size()), Look.FAINT);
        }
        if (height >= FEWEST_ROWS + 1) {
            add(board.prompt(), Look.ALARM);
        }
        boolean keys = height >= FEWEST_ROWS + 3;
        if (board.help()) {
            HELP.forEach(line -> add(line, Look.PLAIN));
        } else {
            table(rows, height - lines.size() - (keys ? 1 : 0));
        }
        int last = keys ? height - 1 : height;
        while (lines.size() < last) {
            add("", Look.PLAIN);
        }
        while (lines.size() > last) {
            lines.removeLast();
        }
        if (keys) {
            add(KEYS, Look.FAINT);
        }
        return lines;
    }

    private String state(int rows) {
        return rows + " "
                + board.only().map(kind -> kind.word() + (rows == 1 ? "" : "s")).orElse("in all") + ", sorted by "
                + board.sort().column().toLowerCase(Locale.ROOT) + (board.reversed() ? " reversed" : "") + ", every "
                + board.seconds() + "s" + (board.paused() ? ", PAUSED" : "");
    }

    private void table(List<Row> rows, int room) {
        List<Column> columns = columns();
        int name = nameWidth(columns, rows);
        add(line(columns, name, Column::head), Look.HEAD);
        int most = room - 1;
        board.page(most);
        int selected = board.selection(rows).orElse(0);
        int first = Math.clamp(selected - most + 1L, 0, Math.max(0, rows.size() - 1));
        for (int i = first; i < rows.size() && i < first + most; i++) {
            Row row = rows.get(i);
            String text = line(columns, name, column -> column.text().apply(row));
            boolean space = width - columnsOf(text) >= WHAT_AT_LEAST + 2;
            add(space ? text + "  " + row.what() : text, i == selected ? Look.SELECTED : Look.PLAIN);
        }
        if (rows.isEmpty()) {
            add("nobody is there", Look.FAINT);
        }
    }

    private List<Column> columns() {
        List<Column> columns = new ArrayList<>(COLUMNS);
        while (columns.size() > 1 && width(columns) > width) {
            Column least = columns.getFirst();
            for (Column each : columns) {
                least = each.needed() < least.needed() ? each : least;
            }
            columns.remove(least);
        }
        return columns;
    }

    private static int width(List<Column> columns) {
        return columns.stream().mapToInt(column -> column.width() + 1).sum() - 1;
    }

    /** As much as the longest name needs, of what is left. */
    private int nameWidth(List<Column> columns, List<Row> rows) {
        int longest = rows.stream().mapToInt(row -> columnsOf(row.name())).max().orElse(0);
        int left = NAME_AT_LEAST + Math.max(0, width - width(columns));
        return Math.clamp(longest, NAME_AT_LEAST, Math.min(left, NAME_AT_MOST));
    }

    private String line(List<Column> columns, int name, Function<Column, String> cell) {
        StringBuilder line = new StringBuilder();
        for (Column column : columns) {
            int wide = column.head().equals("NAME") ? name : column.width();
            String text = cut(cell.apply(column), wide);
            int gap = wide - columnsOf(text);
            line.append(line.isEmpty() ? "" : " ");
            line.repeat(' ', column.figure() ? gap : 0).append(text).repeat(' ', column.figure() ? 0 : gap);
        }
        return line.toString();
    }

    private void add(String text, Look look) {
        lines.add(new Line(cut(text, width).stripTrailing(), look));
    }

    /** The beginning of a text that takes no more columns of the screen; an ellipsis says that there was more. */
    static String cut(String text, int most) {
        if (columnsOf(text) <= most) {
            return text;
        }
        StringBuilder cut = new StringBuilder();
        int taken = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            taken += Math.max(0, WCWidth.wcwidth(c));
            if (taken > most - 1) {
                break;
            }
            cut.appendCodePoint(c);
            i += Character.charCount(c);
        }
        return most < 1 ? "" : cut.append('…').toString();
    }

    private static int columnsOf(String text) {
        return text.codePoints().map(c -> Math.max(0, WCWidth.wcwidth(c))).sum();
    }
}
