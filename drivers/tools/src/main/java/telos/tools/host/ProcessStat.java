package telos.tools.host;

import java.util.Optional;

/**
 * The fields of {@code /proc/PID/stat} that are used, see proc_pid_stat(5).
 *
 * @param ticks CPU time so far, in ticks
 * @param started ticks from the machine's start to the process's
 */
record ProcessStat(String name, char state, long parent, long ticks, int threads, long started) {
    /** What the kernel tells programs in, whatever its own tick is: USER_HZ is 100 on every Linux. */
    static final int TICKS_PER_SECOND = 100;

    /** The name stands in parentheses and may hold any character, parentheses, blanks and line breaks included. */
    static Optional<ProcessStat> parse(String text) {
        int open = text.indexOf('(');
        int close = text.lastIndexOf(')');
        if (open < 0 || close < open) {
            return Optional.empty();
        }
        String[] fields = text.substring(close + 1).strip().split(" ", -1);
        if (fields.length < 20 || fields[0].length() != 1) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ProcessStat(
                    text.substring(open + 1, close),
                    fields[0].charAt(0),
                    Long.parseLong(fields[1]),
                    Long.parseLong(fields[11]) + Long.parseLong(fields[12]),
                    Integer.parseInt(fields[17]),
                    Long.parseLong(fields[19])));
        } catch (NumberFormatException broken) {
            return Optional.empty();
        }
    }

    /** The state in words. */
    String stateWord() {
        return switch (state) {
            case 'R' -> "running";
            case 'S' -> "sleeping";
            case 'D' -> "waiting for a device";
            case 'Z' -> "zombie";
            case 'T' -> "stopped";
            case 't' -> "stopped by a debugger";
            case 'I' -> "idle";
            case 'X', 'x' -> "dead";
            default -> "unknown (" + state + ")";
        };
    }
}
