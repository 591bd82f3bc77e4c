package telos.cli;

import telos.kernel.PlainText;

/** Text for a terminal: coloured if wanted, and free of anything that could steer the terminal. */
record Paint(boolean colours) {
    String bold(String text) {
        return wrap("1", text);
    }

    String faint(String text) {
        return wrap("2", text);
    }

    String call(String text) {
        return wrap("36", text);
    }

    String bad(String text) {
        return wrap("31", text);
    }

    private String wrap(String code, String text) {
        return colours && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    /** Tool output and answers are data: what could steer the terminal becomes a sign. */
    static String clean(String text) {
        return PlainText.lines(text);
    }

    /** {@link #clean} on one line. */
    static String line(String text) {
        return PlainText.line(text);
    }
}
