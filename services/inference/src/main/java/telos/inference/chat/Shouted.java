package telos.inference.chat;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Requests typed in capitals. The words of a request that shouts are read in small letters, which a small model knows far
 * better; whatever has a small letter, a digit or a mark within stays as it was typed.
 */
final class Shouted {
    private static final Pattern WORD =
            Pattern.compile("(?<!\\S)[(\"']?(\\p{Alpha}{2,}(?:'\\p{Alpha}+)?)[)\"'.,:;?!]*(?!\\S)");
    private static final int FEWEST = 3;
    /** Of its words, so many of ten are in capitals. */
    private static final int MOST = 7;

    private Shouted() {}

    static String read(String request) {
        int words = 0;
        int capitals = 0;
        Matcher matcher = WORD.matcher(request);
        while (matcher.find()) {
            boolean loud = loud(matcher.group(1));
            capitals += loud ? 1 : 0;
            words += loud || quiet(matcher.group(1)) ? 1 : 0;
        }
        if (capitals < FEWEST || 10 * capitals < MOST * words) {
            return request;
        }
        return WORD.matcher(request)
                .replaceAll(word -> Matcher.quoteReplacement(
                        loud(word.group(1)) ? word.group().toLowerCase(Locale.ROOT) : word.group()));
    }

    private static boolean loud(String word) {
        return word.equals(word.toUpperCase(Locale.ROOT));
    }

    private static boolean quiet(String word) {
        return word.equals(word.toLowerCase(Locale.ROOT));
    }
}
