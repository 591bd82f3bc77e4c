package telos.cli.top;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import telos.kernel.scheduling.Shares;

/** What is looked at and how: the newest sample, the order, who is selected, and what is being asked of the person. */
final class Board {
    private static final List<Integer> PAUSES = List.of(1, 2, 5, 10, 30, 60);

    private Sample sample = Sample.NONE;
    private Sort sort = Sort.GOT;
    private boolean reversed;
    private @Nullable Kind only;
    private boolean paused;
    private boolean help;
    private int seconds;
    private String selected = "";
    private int index;
    private int page = 10;
    private String message = "";
    private Question question = new NoQuestion();

    /** What the person is being asked. */
    private sealed interface Question {}

    private record NoQuestion() implements Question {}

    private record WhetherToKill(Row row) implements Question {}

    private record WhichWeight(Row row, String typed) implements Question {}

    /** @param seconds between two samples at first */
    Board(int seconds) {
        this.seconds = seconds;
    }

    /** Takes a newer sample, unless it is paused. */
    void take(Sample newer) {
        if (!paused) {
            sample = newer;
        }
    }

    void tell(String text) {
        message = text;
    }

    int seconds() {
        return seconds;
    }

    boolean paused() {
        return paused;
    }

    boolean help() {
        return help;
    }

    Sort sort() {
        return sort;
    }

    boolean reversed() {
        return reversed;
    }

    Sample sample() {
        return sample;
    }

    Optional<Kind> only() {
        return Optional.ofNullable(only);
    }

    /** How many rows the screen has room for. */
    void page(int rows) {
        page = Math.max(1, rows);
    }

    List<Row> rows() {
        return sample.rows().stream()
                .filter(row -> only == null || row.kind() == only)
                .sorted(sort.order(reversed))
                .toList();
    }

    /** Where the selection is; it stays with whom it was put on, and near it when they have gone. */
    OptionalInt selection(List<Row> rows) {
        if (rows.isEmpty()) {
            return OptionalInt.empty();
        }
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).key().equals(selected)) {
                index = i;
                return OptionalInt.of(i);
            }
        }
        index = Math.clamp(index, 0, rows.size() - 1);
        selected = rows.get(index).key();
        return OptionalInt.of(index);
    }

    /** What is asked or told now. */
    String prompt() {
        return switch (question) {
            case NoQuestion() -> message.isEmpty() ? sample.trouble() : message;
            case WhetherToKill(Row row) -> "kill " + row.title() + "? y or n";
            case WhichWeight(Row row, String typed) ->
                "weight of " + row.title() + ", " + Shares.MIN_WEIGHT + " to " + Shares.MAX_WEIGHT + ": " + typed + "_";
        };
    }

    Wish press(Key key) {
        message = "";
        if (key == Key.Named.LEAVE) {
            return new Wish.Leave();
        }
        if (key == Key.Named.REDRAW) {
            return new Wish.Redraw();
        }
        if (help) {
            help = false;
            return new Wish.Draw();
        }
        return switch (question) {
            case NoQuestion() -> command(key);
            case WhetherToKill(Row row) -> {
                question = new NoQuestion();
                yield key.equals(new Key.Typed('y')) || key.equals(new Key.Typed('Y'))
                        ? new Wish.Kill(row)
                        : new Wish.Draw();
            }
            case WhichWeight(Row row, String typed) -> weight(row, typed, key);
        };
    }

    private Wish weight(Row row, String typed, Key key) {
        return switch (key) {
            case Key.Typed(int c) -> {
                if (c >= '0' && c <= '9' && typed.length() < 9) {
                    question = new WhichWeight(row, typed + (char) c);
                }
                yield new Wish.Draw();
            }
            case Key.Named.BACKSPACE -> {
                question = new WhichWeight(row, typed.isEmpty() ? "" : typed.substring(0, typed.length() - 1));
                yield new Wish.Draw();
            }
            case Key.Named.ENTER -> {
                question = new NoQuestion();
                if (typed.isEmpty()) {
                    yield new Wish.Draw();
                }
                long weight = Long.parseLong(typed);
                if (weight < Shares.MIN_WEIGHT || weight > Shares.MAX_WEIGHT) {
                    message = "a weight is from " + Shares.MIN_WEIGHT + " to " + Shares.MAX_WEIGHT + ", not " + typed;
                    yield new Wish.Draw();
                }
                yield new Wish.Weigh(row, weight);
            }
            case Key.Named.ESCAPE -> {
                question = new NoQuestion();
                yield new Wish.Draw();
            }
            case Key.Named _ -> new Wish.Draw();
        };
    }

    private Wish command(Key key) {
        switch (key) {
            case Key.Named.UP -> move(-1);
            case Key.Named.DOWN -> move(1);
            case Key.Named.PAGE_UP -> move(-page);
            case Key.Named.PAGE_DOWN -> move(page);
            case Key.Named.HOME -> move(-rows().size());
            case Key.Named.END -> move(rows().size());
            case Key.Named.TAB -> filter();
            case Key.Named.ESCAPE -> only = null;
            case Key.Named _ -> {}
            case Key.Typed(int c) -> {
                return typed(c);
            }
        }
        return new Wish.Draw();
    }

    private Wish typed(int c) {
        switch (c) {
            case 'q', 'Q' -> {
                return new Wish.Leave();
            }
            case 's' -> {
                sort = sort.next();
                reversed = false;
            }
            case 'R' -> reversed = !reversed;
            case 'p', ' ' -> {
                paused = !paused;
                return new Wish.Refresh();
            }
            case '+' ->
                seconds = PAUSES.stream()
                        .filter(each -> each > seconds)
                        .findFirst()
                        .orElse(seconds);
            case '-' ->
                seconds = PAUSES.reversed().stream()
                        .filter(each -> each < seconds)
                        .findFirst()
                        .orElse(seconds);
            case 'h', '?' -> help = true;
            case 'k' -> ask(WhetherToKill::new);
            case 'w', 'r' -> ask(row -> new WhichWeight(row, ""));
            default -> message = "h lists the keys";
        }
        return new Wish.Draw();
    }

    private interface Asking {
        Question about(Row row);
    }

    private void ask(Asking asking) {
        List<Row> rows = rows();
        OptionalInt at = selection(rows);
        if (at.isPresent()) {
            question = asking.about(rows.get(at.getAsInt()));
        } else {
            message = "nobody is selected";
        }
    }

    private void filter() {
        only = switch (only) {
            case null -> Kind.TENANT;
            case TENANT -> Kind.AGENT;
            case AGENT -> Kind.REQUEST;
            case REQUEST -> Kind.PROGRAM;
            case PROGRAM -> null;
        };
    }

    private void move(int by) {
        List<Row> rows = rows();
        OptionalInt at = selection(rows);
        if (at.isPresent()) {
            index = Math.clamp((long) at.getAsInt() + by, 0, rows.size() - 1);
            selected = rows.get(index).key();
        }
    }
}
