package telos.plans.syntax;

import java.util.ArrayDeque;
import java.util.Deque;

/** The blocks that are open, by the depth of their lines. */
final class Indentation {
    private static final int MOST = 99;

    /** The depth of a line with tabs to every eighth column, and with tabs as one: both must agree on what is deeper. */
    private record Depth(int wide, int narrow) {}

    private final Source source;
    private final int most;
    private final Deque<Depth> blocks = new ArrayDeque<>();

    Indentation(Source source, Bounds bounds) {
        this.source = source;
        this.most = Math.min(MOST, bounds.nesting());
        blocks.push(new Depth(0, 0));
    }

    /** Takes up a line whose text starts at an offset: how many blocks it closes, or -1 if it opens one. */
    int line(int wide, int narrow, int at) {
        Depth block = blocks.element();
        boolean opens = wide > block.wide;
        if (opens && blocks.size() > most) {
            throw source.refusal(
                    at, "more than " + most + " blocks inside one another", "functions for the inner ones");
        }
        if (opens && narrow > block.narrow) {
            blocks.push(new Depth(wide, narrow));
            return -1;
        }
        if (!opens && blocks.stream().noneMatch(each -> each.wide == wide)) {
            String message = "this line is indented by " + wide + ", and no open block is";
            throw source.refusal(at, message, "an indentation of " + open());
        }
        int closed = 0;
        while (wide < blocks.element().wide) {
            blocks.pop();
            closed++;
        }
        if (opens || narrow != blocks.element().narrow) {
            throw source.refusal(
                    at, "tabs and spaces are mixed, so the depth of this line is not certain", "spaces only");
        }
        return closed;
    }

    private String open() {
        StringBuilder open = new StringBuilder();
        blocks.descendingIterator()
                .forEachRemaining(
                        each -> open.append(open.isEmpty() ? "" : " or ").append(each.wide));
        return open.toString();
    }

    /** Closes the innermost block; false if none is open. */
    boolean close() {
        if (blocks.size() == 1) {
            return false;
        }
        blocks.pop();
        return true;
    }
}
