package telos.bench;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** What all clients together have seen. */
final class StreamTally {
    private final LongAdder whole = new LongAdder();
    private final LongAdder left = new LongAdder();
    private final LongAdder pieces = new LongAdder();
    private final Samples firsts = new Samples();
    private final Samples gaps = new Samples();
    private final Map<String, AtomicLong> errors = new ConcurrentHashMap<>();

    /** An answer came to its end. */
    void whole() {
        whole.increment();
    }

    /** A client left in the middle of one. */
    void left() {
        left.increment();
    }

    void error(String what) {
        errors.computeIfAbsent(what, _ -> new AtomicLong()).incrementAndGet();
    }

    /** The first piece of an answer, after so many seconds. */
    void first(double seconds) {
        pieces.increment();
        firsts.add(seconds);
    }

    /** A further piece, so many seconds after the one before. */
    void next(double seconds) {
        pieces.increment();
        gaps.add(seconds);
    }

    /** Each kind of error with how often it came. */
    List<String> errors() {
        return errors.entrySet().stream()
                .map(error -> error.getValue() + " times: " + error.getKey())
                .toList();
    }

    long errorCount() {
        return errors.values().stream().mapToLong(AtomicLong::get).sum();
    }

    /** Answers heard to their end or left. */
    long requests() {
        return whole.sum() + left.sum();
    }

    /** Seconds to the first piece of an answer. */
    Samples firsts() {
        return firsts;
    }

    /** Seconds between pieces. */
    Samples gaps() {
        return gaps;
    }

    Figures into(Figures figures) {
        return figures.put("errors", errorCount())
                .put("requests", requests())
                .put("disconnected", left.sum())
                .put("pieces", pieces.sum())
                .put("first_piece_p50_ms", firsts.percentile(50) * 1e3)
                .put("first_piece_p99_ms", firsts.percentile(99) * 1e3)
                .put("next_piece_p50_ms", gaps.percentile(50) * 1e3)
                .put("next_piece_p99_ms", gaps.percentile(99) * 1e3);
    }
}
