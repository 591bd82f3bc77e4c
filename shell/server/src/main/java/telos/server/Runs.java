package telos.server;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import telos.agents.AgentEvent;
import telos.agents.AgentSpec;
import telos.agents.Agents;
import telos.agents.Outcome;
import telos.inference.chat.ChatListener;
import telos.kernel.AgentId;
import telos.kernel.Message;
import telos.kernel.ToolSpec;

/** Runs agents for people: one request, one agent, until it has answered. */
public final class Runs {
    private final Agents agents;
    private final Syscalls syscalls;
    private final List<ToolSpec> tools;
    private final AtomicInteger running = new AtomicInteger();

    Runs(Agents agents, Syscalls syscalls, List<ToolSpec> tools) {
        this.agents = agents;
        this.syscalls = syscalls;
        this.tools = List.copyOf(tools);
    }

    /**
     * Runs one request on the calling thread.
     *
     * @param workingDirectory against which the tools read relative paths
     * @param events hears every tool call and result
     * @param text hears the answer as it is generated
     */
    public Outcome run(
            AgentSpec spec,
            List<Message> history,
            String request,
            Path workingDirectory,
            Consumer<AgentEvent> events,
            ChatListener text) {
        AgentId id = agents.next();
        syscalls.register(id, new Syscalls.Caller(workingDirectory, text));
        running.incrementAndGet();
        try {
            return agents.run(id, syscalls, spec, tools, history, request, events);
        } finally {
            running.decrementAndGet();
            syscalls.forget(id);
        }
    }

    public List<Agents.Row> list() {
        return agents.list();
    }

    public boolean kill(AgentId id) {
        return agents.kill(id);
    }

    /** How many run now. */
    public int running() {
        return running.get();
    }
}
