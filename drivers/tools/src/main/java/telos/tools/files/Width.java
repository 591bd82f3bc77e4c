package telos.tools.files;

/** Cuts long lines, never between the two halves of a character. */
final class Width {
    /** The longest line that is shown of a file, in characters. */
    static final int LINE = 1000;

    private Width() {}

    static String first(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end) + "…";
    }

    static String last(String text, int most) {
        if (text.length() <= most) {
            return "…" + text;
        }
        int from = text.length() - most;
        return "…" + text.substring(Character.isLowSurrogate(text.charAt(from)) ? from + 1 : from);
    }

    /** Some characters around a place in a line. */
    static String around(String text, int at, int most) {
        if (text.length() <= most) {
            return text;
        }
        int from = Math.clamp(at - (long) most / 4, 0, text.length() - most);
        return from == 0 ? first(text, most) : first(last(text, text.length() - from), most);
    }
}
