package telos.inference.constraint;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a word is when statements are checked against evidence: a run of characters other than ASCII white space,
 * without the opening and closing punctuation around it. A word is a claim when it has a number or a slash; a number is
 * any character of the Unicode categories Nd, Nl and No.
 */
final class Words {
    private static final String AROUND = "()[]{}\"'`,;:!?";
    private static final String BEHIND = AROUND + ".";
    private static final String BETWEEN = "=:,;()[]{}<>|\"'`";

    private static final Pattern FIGURE = Pattern.compile("[0-9]+(?:[.,][0-9]+)*");
    private static final Pattern FIGURE_START = Pattern.compile("(?:[0-9]+[.,])*[0-9]*");
    private static final Pattern UNIT_START = Pattern.compile("%|[kKMGTP]?i?B?");
    private static final Pattern UNIT = Pattern.compile("%|[kKMGTP]?i?B");
    private static final Pattern MEASURE = Pattern.compile("(" + FIGURE + ")\\s?(" + UNIT + ")(?![A-Za-z0-9])");

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

    /** Whether a word is a number as it is written of a measure: digits, with full stops or commas among them. */
    static boolean figure(String word) {
        return FIGURE.matcher(word).matches();
    }

    /** Whether this or a longer word that starts so is a {@link #figure}. */
    static boolean startsFigure(String word) {
        return FIGURE_START.matcher(word).matches();
    }

    /** Whether this or a longer word that starts so is a {@link #unit}. */
    static boolean startsUnit(String word) {
        return UNIT_START.matcher(word).matches();
    }

    /** Whether a word is a unit that figures of a machine have: bytes and per cent. */
    static boolean unit(String word) {
        return UNIT.matcher(word).matches();
    }

    /** The figures of a text together with the units behind them, one space between, joined in the text or not. */
    static Set<String> measures(String text) {
        Set<String> measures = new HashSet<>();
        Matcher matcher = MEASURE.matcher(text);
        while (matcher.find()) {
            measures.add(matcher.group(1) + " " + matcher.group(2));
        }
        return measures;
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
