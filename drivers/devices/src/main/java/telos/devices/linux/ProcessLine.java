package telos.devices.linux;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The fields of {@code /proc/PID/stat} that are used, see proc_pid_stat(5). The name stands in parentheses and may hold any
 * byte, so fields are counted from the last closing one.
 *
 * @param childNanos CPU time of children that have ended and were waited for, in steps of a tick
 */
record ProcessLine(char state, int parent, int group, int session, long childNanos, int threads) {
    /** USER_HZ is 100 on every Linux. */
    private static final long TICK_NANOS = 10_000_000;

    static Optional<ProcessLine> parse(ByteBuffer text) {
        int at = text.limit() - 1;
        while (at >= 0 && text.get(at) != ')') {
            at--;
        }
        if (at < 0 || at + 4 > text.limit()) {
            return Optional.empty();
        }
        char state = (char) text.get(at + 2);
        long[] fields = new long[18]; // the state is field 0
        int field = 1;
        at += 4;
        boolean negative = false;
        for (; at < text.limit() && field < fields.length; at++) {
            byte c = text.get(at);
            if (c == '-') {
                negative = true;
            } else if (c >= '0' && c <= '9') {
                fields[field] = fields[field] * 10 + (c - '0');
            } else {
                fields[field] = negative ? -fields[field] : fields[field];
                negative = false;
                field++;
            }
        }
        return field < fields.length
                ? Optional.empty()
                : Optional.of(new ProcessLine(
                        state,
                        (int) fields[1],
                        (int) fields[2],
                        (int) fields[3],
                        (fields[13] + fields[14]) * TICK_NANOS,
                        (int) fields[17]));
    }

    /** As if it had waited for no child yet. */
    ProcessLine withoutChildren() {
        return new ProcessLine(state, parent, group, session, 0, threads);
    }

    boolean ended() {
        return state == 'Z' || state == 'X' || state == 'x';
    }

    boolean stopped() {
        return state == 'T';
    }

    boolean running() {
        return state == 'R';
    }
}
