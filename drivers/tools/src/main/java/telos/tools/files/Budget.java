package telos.tools.files;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import telos.tools.report.Units;

/** How long one call may look, at how many entries, and how many bytes it may read. Used by one thread. */
final class Budget {
    private final LongSupplier nanos;
    private final long start;
    private final Duration time;
    private final long mostEntries;
    private final long mostBytes;
    private long entries;
    private long bytes;
    private Optional<String> spent = Optional.empty();

    Budget(Duration time, long mostEntries, long mostBytes, LongSupplier nanos) {
        this.nanos = nanos;
        this.start = nanos.getAsLong();
        this.time = time;
        this.mostEntries = mostEntries;
        this.mostBytes = mostBytes;
    }

    /** What any tool may use. */
    static Budget usual() {
        return new Budget(Duration.ofSeconds(3), 500_000, 1L << 30, System::nanoTime);
    }

    /** Counts one more entry of a folder; false if the budget is spent. */
    boolean entry() throws InterruptedException {
        entries++;
        if (entries > mostEntries) {
            spend("stopped after " + mostEntries + " files");
        }
        return left();
    }

    /** Counts bytes read; false if the budget is spent. */
    boolean read(long more) throws InterruptedException {
        bytes += more;
        if (bytes > mostBytes) {
            spend("stopped after " + Units.bytes(mostBytes));
        }
        return left();
    }

    private boolean left() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (nanos.getAsLong() - start > time.toNanos()) {
            spend("stopped after " + Units.span(time));
        }
        return spent.isEmpty();
    }

    private void spend(String why) {
        if (spent.isEmpty()) {
            spent = Optional.of(why);
        }
    }

    /** Why no more is allowed; empty while something is left. */
    Optional<String> spent() {
        return spent;
    }
}
