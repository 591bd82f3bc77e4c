package telos.server.sight;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The trace that a request belongs to, and its caller's span (W3C Trace Context).
 *
 * @param sampled whether the caller wants the trace kept
 */
record TraceParent(String trace, String span, boolean sampled) {
    private static final Pattern FORM =
            Pattern.compile("([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");

    /** Empty where the header is none that the specification allows; the request then begins a trace of its own. */
    static Optional<TraceParent> read(String header) {
        Matcher matcher = FORM.matcher(header);
        if (!matcher.matches()
                || matcher.group(1).equals("ff")
                || (matcher.group(1).equals("00") && matcher.group(5) != null)
                || matcher.group(2).matches("0+")
                || matcher.group(3).matches("0+")) {
            return Optional.empty();
        }
        boolean sampled = (Integer.parseInt(matcher.group(4), 16) & 1) == 1;
        return Optional.of(new TraceParent(matcher.group(2), matcher.group(3), sampled));
    }
}
