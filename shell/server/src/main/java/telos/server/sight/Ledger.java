package telos.server.sight;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * Keeps the daemon's books: a {@link Visit} for each request, a {@link Turn} for each thing that a model does. What a
 * model does belongs to the request on whose thread it does it, or on a thread that this one has started.
 */
public final class Ledger implements AutoCloseable {
    private static final int MOST_CHARACTERS = 16 * 1024;

    /** Of this ledger, not of the class: a process may hold several daemons, and each has one. */
    @SuppressWarnings("ThreadLocalUsage")
    private final InheritableThreadLocal<@Nullable Visit> current = new InheritableThreadLocal<>();

    private final Meters meters;
    private final @Nullable AccessLog log;
    private final @Nullable Traces traces;
    private final boolean words;
    private final LongSupplier nanos;
    private final Clock clock;

    private Ledger(
            Meters meters,
            @Nullable AccessLog log,
            @Nullable Traces traces,
            boolean words,
            LongSupplier nanos,
            Clock clock) {
        this.meters = meters;
        this.log = log;
        this.traces = traces;
        this.words = words;
        this.nanos = nanos;
        this.clock = clock;
    }

    /**
     * Books of a daemon.
     *
     * @param options where traces go; empty for none
     * @param words whether prompts and answers are told in the log and the traces
     */
    public static Ledger open(AccessLog log, Optional<TraceOptions> options, boolean words) {
        return open(log, options, words, System::nanoTime, Clock.systemUTC());
    }

    static Ledger open(AccessLog log, Optional<TraceOptions> options, boolean words, LongSupplier nanos, Clock clock) {
        return new Ledger(new Meters(), log, options.map(Traces::new).orElse(null), words, nanos, clock);
    }

    /** Counts, and writes nothing down. */
    public static Ledger counting() {
        return new Ledger(new Meters(), null, null, false, System::nanoTime, Clock.systemUTC());
    }

    /**
     * A request came in on this thread.
     *
     * @param id fit for a log
     * @param traceparent the header of that name
     */
    public Visit begin(String id, String method, Optional<String> traceparent) {
        Visit visit = new Visit(id, method, nanos.getAsLong(), traceparent.flatMap(TraceParent::read));
        current.set(visit);
        return visit;
    }

    /** It has been answered, on the same thread. */
    public void end(Visit visit, int status) {
        current.remove();
        AccessLog to = log;
        if (to != null) {
            ObjectNode line = Traces.JSON.createObjectNode();
            line.put("time", clock.instant().toString());
            visit.describe(line, status, nanos.getAsLong() - visit.started());
            to.write(line.toString());
        }
    }

    /** A model begins to work, for the request of this thread or for none. */
    public Turn turn(Turn.Operation operation, String model, String tenant) {
        return new Turn(this, operation, model, tenant, current.get());
    }

    public Meters meters() {
        return meters;
    }

    /** Spans that were lost since the start. */
    public long lostSpans() {
        Traces to = traces;
        return to == null ? 0 : to.lost();
    }

    boolean tellsWords() {
        return words;
    }

    /** Whether what a model was asked is to be told. */
    public boolean wantsWords() {
        return words;
    }

    String shortened(String text) {
        return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "…";
    }

    long now() {
        return nanos.getAsLong();
    }

    /** Sends a span that ends now, unless its caller wants none. */
    void span(@Nullable Visit visit, String name, long duration, Consumer<Span> attributes) {
        Traces to = traces;
        if (to == null) {
            return;
        }
        Optional<TraceParent> parent = visit == null ? Optional.empty() : visit.parent();
        if (parent.isPresent() && !parent.get().sampled()) {
            return;
        }
        Instant instant = clock.instant();
        long end = instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
        Span span = Span.of(
                Traces.JSON.createObjectNode(),
                parent.map(TraceParent::trace).orElseGet(() -> hex(2)),
                hex(1),
                parent.map(TraceParent::span).orElse(""),
                name,
                end - duration,
                end);
        if (visit != null) {
            span.text("telos.request.id", visit.id());
        }
        attributes.accept(span);
        to.add(span);
    }

    private static String hex(int longs) {
        StringBuilder hex = new StringBuilder();
        for (int i = 0; i < longs; i++) {
            hex.append(String.format("%016x", ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE)));
        }
        return hex.toString();
    }

    @Override
    public void close() {
        Traces to = traces;
        if (to != null) {
            to.close();
        }
        AccessLog file = log;
        if (file != null) {
            file.close();
        }
    }
}
