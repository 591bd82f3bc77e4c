package telos.server;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import telos.kernel.scheduling.Policy;
import telos.kernel.scheduling.StallBound;

/**
 * How work is divided.
 *
 * @param policy by which work is divided, one of those that the kernel knows
 * @param stall how long an iteration may be while sequences decode: a factor of what the decodes take alone, such as 1.4,
 *     or a time, such as 20ms
 */
public record ClockOptions(String policy, String stall) {
    private static final Pattern STALL = Pattern.compile("(\\d{1,6}(?:\\.\\d{1,6})?)(ms)?");

    public static final ClockOptions USUAL = new ClockOptions("fair", "" + StallBound.USUAL_FACTOR);

    public ClockOptions {
        if (Policy.named(policy).isEmpty()) {
            throw new IllegalArgumentException("there is no policy '" + policy + "'; known are "
                    + String.join(
                            ", ", Policy.known().stream().map(Policy::name).toList()));
        }
        pace(stall);
    }

    /** The policy at first. */
    Policy division() {
        return Policy.named(policy).orElseThrow();
    }

    /** What one engine keeps to. */
    StallBound pace() {
        return pace(stall);
    }

    private static StallBound pace(String stall) {
        Matcher written = STALL.matcher(stall);
        if (!written.matches()) {
            throw new IllegalArgumentException("the stall bound is a factor above 1, such as " + StallBound.USUAL_FACTOR
                    + ", or a time for a token, such as 20ms; it was '" + stall + "'");
        }
        double number = Double.parseDouble(written.group(1));
        return written.group(2) == null ? StallBound.factor(number) : StallBound.nanos(Math.round(number * 1_000_000));
    }
}
