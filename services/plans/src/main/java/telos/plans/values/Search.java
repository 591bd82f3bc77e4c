package telos.plans.values;

/**
 * Where a text stands in another, in time that grows with both together and not with their product: Knuth, Morris, Pratt, Fast
 * pattern matching in strings (1977). Where the product is small or the part is short, the platform's own search is quicker.
 */
final class Search {
    private static final long SMALL = 1 << 20;
    private static final int SHORT = 16;

    private Search() {}

    private static boolean isSmall(String text, String part) {
        return (long) text.length() * part.length() <= SMALL || part.length() <= SHORT;
    }

    static boolean contains(String text, String part) {
        return indexOf(text, part, 0) >= 0;
    }

    /** The first place from there on, or -1. */
    static int indexOf(String text, String part, int from) {
        if (isSmall(text, part)) {
            return text.indexOf(part, from);
        }
        int length = part.length();
        int[] fall = fall(part, false);
        int have = 0;
        for (int at = Math.max(0, from); at < text.length(); at++) {
            while (have > 0 && text.charAt(at) != part.charAt(have)) {
                have = fall[have - 1];
            }
            have += text.charAt(at) == part.charAt(have) ? 1 : 0;
            if (have == length) {
                return at - length + 1;
            }
        }
        return -1;
    }

    /** The last place up to there, or -1. */
    static int lastIndexOf(String text, String part, int upTo) {
        if (isSmall(text, part)) {
            return text.lastIndexOf(part, upTo);
        }
        int length = part.length();
        int[] fall = fall(part, true);
        int have = 0;
        for (int at = (int) Math.min(text.length(), (long) upTo + length) - 1; at >= 0; at--) {
            while (have > 0 && text.charAt(at) != part.charAt(length - 1 - have)) {
                have = fall[have - 1];
            }
            have += text.charAt(at) == part.charAt(length - 1 - have) ? 1 : 0;
            if (have == length) {
                return at;
            }
        }
        return -1;
    }

    /** How much of it still fits where it stops to fit behind so many, from the front or from the back. */
    private static int[] fall(String part, boolean backwards) {
        int length = part.length();
        int[] fall = new int[length];
        int have = 0;
        for (int at = 1; at < length; at++) {
            while (have > 0
                    && part.charAt(place(at, length, backwards)) != part.charAt(place(have, length, backwards))) {
                have = fall[have - 1];
            }
            have += part.charAt(place(at, length, backwards)) == part.charAt(place(have, length, backwards)) ? 1 : 0;
            fall[at] = have;
        }
        return fall;
    }

    private static int place(int at, int length, boolean backwards) {
        return backwards ? length - 1 - at : at;
    }
}
