package telos.agents;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import telos.kernel.AgentId;
import telos.kernel.Message;
import telos.kernel.SyscallHandler;
import telos.kernel.ToolSpec;

/** The process table: every agent that is running, and the means to start, list and kill one. */
public final class Agents {
    private record Entry(Agent agent, AgentSpec spec, String request, Thread thread, long startedNanos) {}

    /**
     * One row of the table.
     *
     * @param steps tool calls so far
     * @param tokens read and written so far
     * @param ageNanos since it was started
     */
    public record Row(
            AgentId id, String name, AgentState state, String request, int steps, long tokens, long ageNanos) {}

    private final AtomicLong ids = new AtomicLong();
    private final ConcurrentMap<AgentId, Entry> table = new ConcurrentHashMap<>();
    private final LongSupplier nanos;
    private final Alarm alarm;

    /** An empty table. */
    public Agents(LongSupplier nanos) {
        this(nanos, Alarm.byClock());
    }

    Agents(LongSupplier nanos, Alarm alarm) {
        this.nanos = nanos;
        this.alarm = alarm;
    }

    /** A fresh name, for an agent that {@link #run} is about to start. */
    public AgentId next() {
        return new AgentId(ids.incrementAndGet());
    }

    /**
     * Runs an agent on the calling thread until it ends; meanwhile it is in the table and can be killed.
     *
     * @param kernel carries out its system calls
     * @param tools every tool there is; the specification narrows them
     */
    public Outcome run(
            AgentId id,
            SyscallHandler kernel,
            AgentSpec spec,
            List<ToolSpec> tools,
            List<Message> history,
            String request,
            Consumer<AgentEvent> events) {
        for (String name : spec.tools()) {
            if (tools.stream().noneMatch(tool -> tool.name().equals(name))) {
                return new Outcome.Stopped("unknown tool '" + name + "'; known are "
                        + String.join(", ", tools.stream().map(ToolSpec::name).toList()));
            }
        }
        List<ToolSpec> granted = spec.tools().isEmpty()
                ? tools
                : tools.stream()
                        .filter(tool -> spec.tools().contains(tool.name()))
                        .toList();
        Deadline deadline = new Deadline(Thread.currentThread());
        Agent agent = new Agent(id, spec, kernel, granted, nanos, deadline);
        table.put(id, new Entry(agent, spec, request, Thread.currentThread(), nanos.getAsLong()));
        try (Alarm.Set _ = alarm.set(spec.limits().time(), deadline::strike)) {
            return agent.run(history, request, events);
        } finally {
            deadline.over();
            table.remove(id);
            Thread.interrupted(); // a kill ends the agent, not the thread that lent itself to it
        }
    }

    public List<Row> list() {
        long now = nanos.getAsLong();
        return table.entrySet().stream()
                .sorted((a, b) -> Long.compare(a.getKey().value(), b.getKey().value()))
                .map(entry -> {
                    Entry agent = entry.getValue();
                    return new Row(
                            entry.getKey(),
                            agent.spec().name(),
                            agent.agent().state(),
                            agent.request(),
                            agent.agent().steps(),
                            agent.agent().tokens(),
                            now - agent.startedNanos());
                })
                .toList();
    }

    /** Stops an agent at its next wait; false if there is none of that name. */
    public boolean kill(AgentId id) {
        Entry killed = table.computeIfPresent(id, (_, entry) -> {
            entry.thread().interrupt();
            return entry;
        });
        return killed != null;
    }
}
