package telos.tools.files;

/**
 * A file name in which {@code *} stands for any run of characters, {@code ?} for any one, and {@code [a-z]} or
 * {@code [!a-z]} for one of a set. Case counts. Matching takes time in the product of the two lengths at worst, whatever
 * the pattern.
 */
final class NamePattern {
    private final int[] pattern;

    NamePattern(String pattern) {
        this.pattern = pattern.codePoints().toArray();
    }

    boolean matches(String name) {
        int[] text = name.codePoints().toArray();
        int p = 0;
        int t = 0;
        int starAt = -1;
        int starText = 0;
        while (t < text.length) {
            if (p < pattern.length && pattern[p] == '*') {
                starAt = p++;
                starText = t;
            } else if (p < pattern.length && one(p, text[t])) {
                p = after(p);
                t++;
            } else if (starAt >= 0) {
                p = starAt + 1;
                t = ++starText;
            } else {
                return false;
            }
        }
        while (p < pattern.length && pattern[p] == '*') {
            p++;
        }
        return p == pattern.length;
    }

    private boolean one(int p, int c) {
        if (pattern[p] == '?') {
            return true;
        }
        int end = setEnd(p);
        if (end < 0) {
            return pattern[p] == c;
        }
        int i = p + 1;
        boolean negated = pattern[i] == '!' || pattern[i] == '^';
        boolean found = false;
        for (i = negated ? i + 1 : i; i < end; i++) {
            if (i + 2 < end && pattern[i + 1] == '-') {
                found |= pattern[i] <= c && c <= pattern[i + 2];
                i += 2;
            } else {
                found |= pattern[i] == c;
            }
        }
        return found != negated;
    }

    private int after(int p) {
        return Math.max(p, setEnd(p)) + 1;
    }

    /** Where the set that begins at {@code p} is closed; -1 if none begins there, and the bracket stands for itself. */
    private int setEnd(int p) {
        if (pattern[p] != '[') {
            return -1;
        }
        int from = p + 1;
        if (from < pattern.length && (pattern[from] == '!' || pattern[from] == '^')) {
            from++;
        }
        for (int i = from + 1; i < pattern.length; i++) {
            if (pattern[i] == ']') {
                return i;
            }
        }
        return -1;
    }
}
