package telos.bench;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The figures and paths of a text, found by patterns that share nothing with the constraint that keeps answers to their
 * evidence. A figure is taken with its unit, where one follows; a path is a word with a slash. Numbers in words are not
 * seen.
 */
final class Facts {
    private static final Pattern FIGURE = Pattern.compile("([0-9]+(?:[.,][0-9]+)*)(?: ?(%|[kKMGT]?i?B\\b))?");
    private static final Pattern PATH = Pattern.compile("[^\\s\"'`(),;]*/[^\\s\"'`(),;]*");

    private Facts() {}

    /** What {@code answer} claims and no evidence has. */
    static List<String> unsupported(String answer, List<String> evidence) {
        String all = String.join("\n", evidence);
        List<String> missing = new ArrayList<>();
        Matcher paths = PATH.matcher(answer);
        while (paths.find()) {
            String path = paths.group().replaceAll("[.:!?]+$", "");
            if (!standsIn(path, all)) {
                missing.add(path);
            }
        }
        Set<String> known = figures(all);
        Matcher figures = FIGURE.matcher(paths.replaceAll(" "));
        while (figures.find()) {
            if (!known.contains(plain(figures))) {
                missing.add(figures.group());
            }
        }
        return missing;
    }

    /** Each with and without its unit. */
    private static Set<String> figures(String text) {
        Set<String> figures = new HashSet<>();
        Matcher matcher = FIGURE.matcher(text);
        while (matcher.find()) {
            figures.add(plain(matcher));
            figures.add(matcher.group(1));
        }
        return figures;
    }

    private static String plain(Matcher figure) {
        return figure.group().replace(" ", "");
    }

    /** Whether the path occurs and is not merely a part of a longer one. */
    private static boolean standsIn(String path, String text) {
        for (int at = text.indexOf(path); at >= 0; at = text.indexOf(path, at + 1)) {
            if (!joins(text, at - 1, -1) && !joins(text, at + path.length(), 1)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the character at {@code at} continues a path; a full stop does when something follows it. */
    private static boolean joins(String text, int at, int step) {
        if (at < 0 || at >= text.length()) {
            return false;
        }
        char c = text.charAt(at);
        if (c == '.') {
            return step < 0 || joins(text, at + step, step);
        }
        return Character.isLetterOrDigit(c) || c == '/' || c == '_' || c == '-' || c == '~';
    }
}
