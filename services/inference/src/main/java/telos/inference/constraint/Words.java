package telos.inference.constraint;

import java.util.ArrayList;
import java.util.List;

/**
 * What a word is when statements are checked against evidence: a run of characters other than ASCII white space,
 * without the opening and closing punctuation around it. A word is a claim when it has a number or a slash; a number is
 * any character of the Unicode categories Nd, Nl and No.
 */
final class Words {
    private static final String AROUND = "()[]{}\"'`,;:!?";
    private static final String BEHIND = AROUND + ".";
    private static final String BETWEEN = "=:,;()[]{}<>|\"'`";

    private Words() {}

    static boolean space(int character) {
        return character == ' ' || (character >= '\t' && character <= '\r');
    }

    /** Whether this character is stripped from the front of a word. */
    static boolean before(int character) {
        return AROUND.indexOf(character) >= 0;
    }

    /** Whether this character is stripped from the end of a word. */
    static boolean behind(int character) {
        return BEHIND.indexOf(character) >= 0;
    }

    static boolean number(int codePoint) {
        if (codePoint < 0x80) {
            return codePoint >= '0' && codePoint <= '9';
        }
        int type = Character.getType(codePoint);
        return type == Character.DECIMAL_DIGIT_NUMBER
                || type == Character.LETTER_NUMBER
                || type == Character.OTHER_NUMBER;
    }

    static boolean claim(String word) {
        return word.codePoints().anyMatch(c -> c == '/' || number(c));
    }

    /** The claims of a text, in order. */
    static List<String> claims(String text) {
        List<String> claims = new ArrayList<>();
        for (String run : runs(text)) {
            String word = strip(run);
            if (claim(word)) {
                claims.add(word);
            }
        }
        return claims;
    }

    /** What a text supports: its claims and those pieces of them that separators such as {@code =} cut out. */
    static List<String> supports(String text) {
        List<String> supports = new ArrayList<>();
        for (String word : claims(text)) {
            supports.add(word);
            int start = 0;
            for (int i = 0; i <= word.length(); i++) {
                if (i == word.length() || BETWEEN.indexOf(word.charAt(i)) >= 0) {
                    String piece = strip(word.substring(start, i));
                    if (claim(piece)) {
                        supports.add(piece);
                    }
                    start = i + 1;
                }
            }
        }
        return supports;
    }

    private static List<String> runs(String text) {
        List<String> runs = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || space(text.charAt(i))) {
                if (i > start) {
                    runs.add(text.substring(start, i));
                }
                start = i + 1;
            }
        }
        return runs;
    }

    private static String strip(String run) {
        int start = 0;
        int end = run.length();
        while (start < end && before(run.charAt(start))) {
            start++;
        }
        while (end > start && behind(run.charAt(end - 1))) {
            end--;
        }
        return run.substring(start, end);
    }
}
