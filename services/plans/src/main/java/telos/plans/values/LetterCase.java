package telos.plans.values;

import java.util.Locale;

/** Texts with their letters in one case or another, as Python has them, in time that grows with the text alone. */
final class LetterCase {
    private static final char SIGMA = 'Σ';
    private static final char DOTTED_I = 'İ';
    private static final char N_AFTER_APOSTROPHE = 'ŉ';
    private static final char IOTA = 'Ι';
    /** What an iota below a letter stays where only the letter is written large. */
    private static final char IOTA_BELOW = '\u0345';
    /** What may stand inside a word: Word_Break is MidLetter, MidNumLet or Single_Quote (UAX 29). */
    private static final String INSIDE_WORDS =
            "'.:\u00b7\u0387\u055f\u05f4\u2018\u2019\u2024\u2027\ufe13\ufe52\ufe55\uff07\uff0e\uff1a";

    private static final int PIECE = 512;

    private LetterCase() {}

    static boolean isCased(int point) {
        return Character.isUpperCase(point) || Character.isLowerCase(point) || Character.isTitleCase(point);
    }

    /** As Python does: a sigma that ends a word by Unicode's rule has its own form; the platform asks for words otherwise. */
    static String lower(String string) {
        if (string.indexOf(SIGMA) < 0 && string.indexOf(DOTTED_I) < 0) {
            return string.toLowerCase(Locale.ROOT);
        }
        StringBuilder out = new StringBuilder(string.length());
        for (int at = 0, next; at < string.length(); at = next) {
            int point = string.codePointAt(at);
            next = at + Character.charCount(point);
            switch (point) {
                case SIGMA -> out.append(isFinal(string, at) ? 'ς' : 'σ');
                case DOTTED_I -> out.append("i\u0307");
                default -> out.appendCodePoint(Character.toLowerCase(point));
            }
        }
        return out.toString();
    }

    /** Whether the sigma there ends a word (The Unicode Standard, table 3-17). */
    private static boolean isFinal(String string, int at) {
        int before = at;
        while (before > 0 && isIgnored(string.codePointBefore(before))) {
            before -= Character.charCount(string.codePointBefore(before));
        }
        int behind = at + 1;
        while (behind < string.length() && isIgnored(string.codePointAt(behind))) {
            behind += Character.charCount(string.codePointAt(behind));
        }
        return before > 0
                && isCased(string.codePointBefore(before))
                && !(behind < string.length() && isCased(string.codePointAt(behind)));
    }

    /** Whether case goes past it: marks, modifiers, and what stands inside words. */
    private static boolean isIgnored(int point) {
        return switch (Character.getType(point)) {
            case Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.FORMAT,
                    Character.MODIFIER_LETTER,
                    Character.MODIFIER_SYMBOL -> true;
            default -> INSIDE_WORDS.indexOf(point) >= 0;
        };
    }

    /** As the platform does, but in time that grows with the string alone: what becomes longer is moved within a piece. */
    static String upper(String string) {
        if (string.length() <= PIECE) {
            return string.toUpperCase(Locale.ROOT);
        }
        StringBuilder out = new StringBuilder(string.length());
        for (int from = 0, to; from < string.length(); from = to) {
            to = Math.min(string.length(), from + PIECE);
            if (to < string.length() && Character.isLowSurrogate(string.charAt(to))) {
                to++;
            }
            out.append(string.substring(from, to).toUpperCase(Locale.ROOT));
        }
        return out.toString();
    }

    /** A letter as a word begins with it (SpecialCasing.txt of Unicode). */
    static String title(int point) {
        int title = Character.toTitleCase(point);
        if (title != point) {
            return Character.toString(title);
        }
        String upper = upper(Character.toString(point));
        if (upper.length() <= Character.charCount(point) || upper.codePointCount(0, upper.length()) == 1) {
            return Character.toString(title);
        }
        if (point == N_AFTER_APOSTROPHE) {
            return upper;
        }
        int first = upper.codePointAt(0);
        return Character.toString(first)
                + lower(upper.substring(Character.charCount(first)).replace(IOTA, IOTA_BELOW));
    }

    static String fold(String string) {
        StringBuilder out = new StringBuilder(string.length());
        string.codePoints().forEach(point -> {
            switch (point) {
                case 0x130 -> out.append("i\u0307");
                case 0x131 -> out.appendCodePoint(point);
                case 0x1e9e -> out.append("ss");
                default -> out.append(foldOne(Character.toString(point)));
            }
        });
        return out.toString();
    }

    private static String foldOne(String point) {
        StringBuilder out = new StringBuilder();
        upper(point).codePoints().forEach(each -> out.append(lower(Character.toString(each))));
        return out.toString();
    }

    static String capitalize(String string) {
        if (string.isEmpty()) {
            return string;
        }
        int first = string.codePointAt(0);
        int chars = Character.charCount(first);
        return title(first)
                + lower(string).substring(lower(string.substring(0, chars)).length());
    }

    static String titled(String string) {
        StringBuilder out = new StringBuilder(string.length());
        boolean inside = false;
        for (int at = 0; at < string.length(); ) {
            int point = string.codePointAt(at);
            if (inside) {
                out.append(lowerAt(string, at, point));
            } else {
                out.append(title(point));
            }
            inside = isCased(point);
            at += Character.charCount(point);
        }
        return out.toString();
    }

    /** One code point in lower case where it stands: a sigma at a word's end has its own form. */
    private static String lowerAt(String string, int at, int point) {
        if (point == SIGMA) {
            return isFinal(string, at) ? "ς" : "σ";
        }
        return lower(Character.toString(point));
    }

    static String swapped(String string) {
        StringBuilder out = new StringBuilder(string.length());
        for (int at = 0; at < string.length(); ) {
            int point = string.codePointAt(at);
            out.append(
                    Character.isUpperCase(point)
                            ? lowerAt(string, at, point)
                            : Character.isLowerCase(point)
                                    ? upper(Character.toString(point))
                                    : Character.toString(point));
            at += Character.charCount(point);
        }
        return out.toString();
    }
}
