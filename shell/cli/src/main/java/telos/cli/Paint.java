package telos.cli;

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

    /** Tool output and answers are data: control characters other than line ends and tabs become a sign. */
    static String clean(String text) {
        StringBuilder clean = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            clean.appendCodePoint(steers(c) ? 0xfffd : c);
        });
        return clean.toString();
    }

    /** Control characters, and those that turn the direction of writing. */
    private static boolean steers(int c) {
        if (c >= 0x202a && c <= 0x202e) {
            return true;
        }
        return c >= 0x2066 ? c <= 0x2069 : Character.isISOControl(c) && c != '\n' && c != '\t';
    }

    /** {@link #clean} on one line. */
    static String line(String text) {
        return clean(text).replace('\n', ' ').replace('\t', ' ');
    }
}
