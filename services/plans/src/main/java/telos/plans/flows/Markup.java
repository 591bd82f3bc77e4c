package telos.plans.flows;

/** Texts from anywhere as the content of XML elements. */
final class Markup {
    private static final String UNSEEN = "\uFFFD";

    private Markup() {}

    /**
     * The text, escaped. What XML cannot hold, what cannot be seen, and what changes the direction of writing becomes a
     * replacement character.
     */
    static String text(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(each -> {
            switch (each) {
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '&' -> out.append("&amp;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                case '\n', '\r', '\t' -> out.append(' ');
                default -> {
                    if (plain(each)) {
                        out.appendCodePoint(each);
                    } else {
                        out.append(UNSEEN);
                    }
                }
            }
        });
        return out.toString();
    }

    private static boolean plain(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    /** At most so many characters, the last of them an ellipsis where there were more. */
    static String shortened(String text, int most) {
        int count = text.codePointCount(0, text.length());
        return count <= most ? text : text.substring(0, text.offsetByCodePoints(0, most - 1)) + "…";
    }
}
