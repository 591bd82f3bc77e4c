package telos.plans.values;

import com.google.re2j.PatternSyntaxException;

/**
 * A compiled regular expression. The matcher takes time linear in the text, so there are no look-arounds and no references
 * back; classes as {@code \d} mean ASCII, and {@code $} is the very end.
 */
public record Pattern(String source, com.google.re2j.Pattern compiled) implements Payload {
    static final int IGNORE_CASE = 2;
    static final int MULTILINE = 8;
    static final int DOT_ALL = 16;
    static final int LONGEST = 1000;
    /** What compiling takes for each character. */
    static final long BYTES = 64;
    /** The longest that is looked at before it is used. */
    private static final int LOOKED_AT = 64;

    /** Compiles it, or throws the ValueError that it is none. */
    static Pattern of(Context context, String source, long flags) {
        if (source.length() > LONGEST) {
            throw Fault.value("a pattern has at most " + LONGEST + " characters");
        }
        context.steps(source.length());
        context.bytes(BYTES * source.length());
        int mode = ((flags & IGNORE_CASE) != 0 ? com.google.re2j.Pattern.CASE_INSENSITIVE : 0)
                | ((flags & MULTILINE) != 0 ? com.google.re2j.Pattern.MULTILINE : 0)
                | ((flags & DOT_ALL) != 0 ? com.google.re2j.Pattern.DOTALL : 0);
        try {
            return new Pattern(source, com.google.re2j.Pattern.compile(source.replace("\\Z", "\\z"), mode));
        } catch (PatternSyntaxException e) {
            throw Fault.value("bad pattern: " + e.getDescription());
        }
    }

    /** Whether it is short and surely one. */
    static boolean isGood(String source) {
        if (source.length() > LOOKED_AT) {
            return false;
        }
        try {
            of(Unmetered.CONTEXT, source, 0);
            return true;
        } catch (Fault _) {
            return false;
        }
    }

    @Override
    public Kind kind() {
        return Kind.PATTERN;
    }
}
