package telos.plans.syntax;

import java.util.Locale;

/**
 * How a string literal is written: its prefix and its quotes.
 *
 * @param position where its prefix starts
 * @param start the offset of the prefix
 * @param inside the offset behind the opening quotes
 */
record Quotation(char quote, boolean triple, boolean raw, boolean formatted, Position position, int start, int inside) {
    private static final int LONGEST_PREFIX = 2;

    /** Whether a word directly before a quote is a prefix, of this language or of another Python. */
    static boolean prefix(String word) {
        return word.length() <= LONGEST_PREFIX && word.toLowerCase(Locale.ROOT).matches("[rubft]|[bft]r|r[bft]");
    }

    static Quotation read(Source source, int start, String prefix) {
        String letters = prefix.toLowerCase(Locale.ROOT);
        if (letters.contains("b")) {
            throw source.refusal(start, "bytes such as b'' are not supported", "a string without the prefix b");
        }
        if (letters.contains("t")) {
            throw source.refusal(start, "template strings are not supported", "an f-string");
        }
        int at = start + prefix.length();
        char quote = source.text().charAt(at);
        boolean triple = source.text().startsWith(Character.toString(quote).repeat(3), at);
        boolean raw = letters.contains("r");
        return new Quotation(quote, triple, raw, letters.contains("f"), source.at(start), start, at + (triple ? 3 : 1));
    }

    /** Whether the closing quotes stand at an offset of the text. */
    boolean closes(String text, int at) {
        return text.charAt(at) == quote
                && (!triple
                        || (at + 2 < text.length() && text.charAt(at + 1) == quote && text.charAt(at + 2) == quote));
    }

    int closing() {
        return triple ? 3 : 1;
    }

    Refusal unclosed(Source source) {
        String quotes = Character.toString(quote).repeat(closing());
        String expected = triple
                ? "a closing " + quotes
                : "a closing " + quotes + " on the same line; only strings in three quotes span lines";
        return source.refusal(position, "the string that starts here is never closed", expected);
    }
}
