package telos.inference.tokenizer;

import java.util.function.IntPredicate;

/** Steps that the pre-tokenizers share: each takes {@code text[from, to)} and says where something ends. */
final class Scan {
    private Scan() {}

    /** The end of the run of code points, from {@code from}, that are in the class. */
    static int run(String text, int from, int to, IntPredicate in) {
        int at = from;
        while (at < to) {
            int c = text.codePointAt(at);
            if (!in.test(c)) {
                break;
            }
            at += Character.charCount(c);
        }
        return at;
    }

    static boolean at(String text, int index, int to, IntPredicate in) {
        return index < to && in.test(text.codePointAt(index));
    }

    /** The length of {@code 's 't 'm 'd 're 've 'll} at the index, or 0. */
    static int contraction(String text, int index, int to, boolean anyCase) {
        if (text.charAt(index) != '\'' || index + 1 >= to) {
            return 0;
        }
        char first = lower(text.charAt(index + 1), anyCase);
        if (first == 's' || first == 't' || first == 'm' || first == 'd') {
            return 2;
        }
        if (index + 2 >= to) {
            return 0;
        }
        char second = lower(text.charAt(index + 2), anyCase);
        boolean two =
                (first == 'r' && second == 'e') || (first == 'v' && second == 'e') || (first == 'l' && second == 'l');
        return two ? 3 : 0;
    }

    /**
     * The end of {@code \s+(?!\S)|\s+} at a white-space character: the whole run at the end of the text, otherwise all
     * but its last character, which goes with the word that follows.
     */
    static int spaces(String text, int from, int to) {
        int end = run(text, from, to, Unicode::space);
        // every white-space character is one char long
        return end == to || end - from == 1 ? end : end - 1;
    }

    private static char lower(char c, boolean anyCase) {
        return anyCase && c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
    }
}
