package telos.server.clock;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import telos.inference.engine.Engine;
import telos.inference.engine.Tick;
import telos.kernel.scheduling.Change;
import telos.kernel.scheduling.EntityId;
import telos.kernel.scheduling.EntityStatus;
import telos.kernel.scheduling.Level;
import telos.kernel.scheduling.Policy;
import telos.kernel.scheduling.Prices;
import telos.kernel.scheduling.Shares;
import telos.kernel.scheduling.TreeLine;

/** The clock of a model's engine; its service is tokens at their price. */
public final class EngineClock implements Clock {
    private final String name;
    private final Engine engine;
    private final TreeLine line;

    /**
     * Of an engine and its line.
     *
     * @param line of the engine's scheduler
     */
    public EngineClock(String name, Engine engine, TreeLine line) {
        this.name = name;
        this.engine = engine;
        this.line = line;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String unit() {
        return "tokens";
    }

    @Override
    public long perUnit() {
        return Prices.ONE;
    }

    @Override
    public Policy policy() {
        return engine.exclusively(line::policy);
    }

    @Override
    public void policy(Policy policy) {
        engine.exclusively(() -> {
            line.policy(policy, System.nanoTime());
            return policy;
        });
    }

    @Override
    public List<EntityStatus> status(boolean idle) {
        return engine.exclusively(() -> {
            long now = System.nanoTime();
            return (idle ? line.status(now) : line.active(now))
                    .stream()
                            .map(status -> line.shares(status.id())
                                    .filter(shares -> !shares.equals(status.shares()))
                                    .map(status::withShares)
                                    .orElse(status))
                            .toList();
        });
    }

    @Override
    public Optional<Change> set(EntityId entity, UnaryOperator<Shares> change) {
        return engine.exclusively(() -> line.set(entity, change, System.nanoTime()));
    }

    @Override
    public boolean cancel(EntityStatus leaf) {
        if (leaf.level() != Level.REQUEST) {
            return false; // nobody's request is below it now
        }
        engine.cancel(Long.parseLong(leaf.name()));
        return true;
    }

    /** Each iteration, and in it the part of each sequence. */
    @Override
    public List<Span> trace() {
        List<Span> spans = new ArrayList<>();
        for (Tick tick : engine.ticks()) {
            long decodes = 0;
            double tokens = 0;
            for (Tick.Part part : tick.parts()) {
                boolean decode =
                        part.answered() && part.count() == 1 && part.depth().isWhole();
                decodes += decode ? 1 : 0;
                tokens += decode
                        ? 0
                        : (double) part.count()
                                * part.depth().parts()
                                / part.depth().of();
                spans.add(new Span(
                        part.tenant() + "/" + (part.agent().isEmpty() ? "-" : part.agent()),
                        (decode ? "decode " : "prefill ") + part.sequence(),
                        tick.begun(),
                        tick.nanos(),
                        Map.of(
                                "request", part.sequence(),
                                "position", (long) part.start(),
                                "tokens", (long) part.count(),
                                "parts", (long) part.depth().parts(),
                                "of", (long) part.depth().of())));
            }
            spans.add(new Span(
                    "iterations",
                    decodes + " decodes, " + Math.round(tokens) + " tokens of prompts",
                    tick.begun(),
                    tick.nanos(),
                    Map.of(
                            "decodes",
                            decodes,
                            "prompt_tokens",
                            Math.round(tokens),
                            "waiting",
                            (long) tick.waiting(),
                            "preempted",
                            (long) tick.preempted().size())));
            for (long preempted : tick.preempted()) {
                spans.add(new Span(
                        "preemptions", "preempted " + preempted, tick.begun(), 0, Map.of("request", preempted)));
            }
        }
        return spans;
    }
}
