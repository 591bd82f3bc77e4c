package telos.server;

import java.util.ArrayList;
import java.util.List;

/**
 * KV memory at one moment.
 *
 * @param usefulShare tokens held over token slots in used blocks, 0 to 1; 1 when nothing is used
 */
public record MemoryReport(Blocks blocks, double usefulShare, List<Sequence> sequences) {
    public static final MemoryReport EMPTY = new MemoryReport(new Blocks(0, 0, 0, 0, 0), 1, List.of());

    public MemoryReport {
        sequences = List.copyOf(sequences);
    }

    /** Block counts; {@code total} is the sum of the next three. */
    public record Blocks(int total, int used, int cached, int free, int sizeTokens) {}

    /** One sequence and what it holds. */
    public record Sequence(long id, String model, int tokens, int blocks, String state) {}

    /** The memory of several models as one. */
    static MemoryReport together(List<MemoryReport> reports) {
        Blocks sum = EMPTY.blocks();
        double slots = 0;
        double held = 0;
        List<Sequence> sequences = new ArrayList<>();
        for (MemoryReport report : reports) {
            Blocks more = report.blocks();
            sum = new Blocks(
                    sum.total() + more.total(),
                    sum.used() + more.used(),
                    sum.cached() + more.cached(),
                    sum.free() + more.free(),
                    Math.max(sum.sizeTokens(), more.sizeTokens()));
            slots += (double) more.used() * more.sizeTokens();
            held += report.usefulShare() * more.used() * more.sizeTokens();
            sequences.addAll(report.sequences());
        }
        return new MemoryReport(sum, slots == 0 ? 1 : held / slots, sequences);
    }
}
