package telos.server.clock;

import java.util.Map;

/**
 * Something that took a time, for a trace.
 *
 * @param track what it belongs to: the row in which it is shown
 * @param begun in nanoseconds of the clock that {@link System#nanoTime} reads
 * @param nanos how long it took; 0 for what happened at one moment
 * @param figures shown beside it
 */
public record Span(String track, String name, long begun, long nanos, Map<String, Long> figures) {
    public Span {
        figures = Map.copyOf(figures);
    }
}
