package telos.server;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
import telos.kernel.security.Integrity;
import telos.kernel.security.Label;
import telos.kernel.security.Readers;
import telos.kernel.security.Source;
import telos.server.monitor.Change;
import telos.server.monitor.Keeper;
import telos.server.monitor.Kept;
import telos.server.monitor.Mediator;
import telos.server.monitor.Pending;
import telos.server.monitor.Rules;
import telos.server.monitor.Subject;
import telos.tools.Trust;

/** Runs agents for people: one request, one agent, until it has answered. */
public final class Runs {
    private final Agents agents;
    private final Syscalls syscalls;
    private final List<ToolSpec> tools;
    private final PlanRuns plans;
    private final Optional<Path> home;
    private final AtomicInteger running = new AtomicInteger();

    Runs(Agents agents, Syscalls syscalls, List<ToolSpec> tools) {
        this(agents, syscalls, tools, Optional.empty());
    }

    /** @param home where the policy in use is kept */
    Runs(Agents agents, Syscalls syscalls, List<ToolSpec> tools, Optional<Path> home) {
        this.home = home;
        this.agents = agents;
        this.syscalls = syscalls;
        this.tools = List.copyOf(tools);
        this.plans = new PlanRuns(syscalls.toolbox(), syscalls.mediator(), System::nanoTime);
    }

    /** Plans that run elsewhere and act here. */
    public PlanRuns plans() {
        return plans;
    }

    /**
     * Runs one request on the calling thread.
     *
     * @param workingDirectory against which the tools read relative paths
     * @param events hears every tool call and result
     * @param text hears the answer as it is generated
     * @param asked hears what a person has to answer; the run waits meanwhile
     */
    public Outcome run(
            AgentSpec spec,
            List<Message> history,
            String request,
            Path workingDirectory,
            Consumer<AgentEvent> events,
            ChatListener text,
            Consumer<Pending> asked) {
        AgentId id = agents.next();
        Subject subject = syscalls.mediator().enter(id.toString(), spec.name(), known(history), asked);
        syscalls.register(id, new Syscalls.Caller(workingDirectory, text, subject));
        running.incrementAndGet();
        try {
            return agents.run(id, syscalls, spec, tools, history, request, events);
        } finally {
            running.decrementAndGet();
            syscalls.forget(id);
            syscalls.mediator().leave(subject);
        }
    }

    /** What an earlier answer rested on is not known any more, so it may be anything that this machine tells. */
    private static Label known(List<Message> history) {
        return history.stream().anyMatch(each -> !(each instanceof Message.User))
                ? Label.of(Integrity.UNTRUSTED, Readers.of(Trust.OWNER)).from(new Source(Source.Kind.MEMORY, "history"))
                : Label.BOTTOM;
    }

    /** The questions of agents that wait for an answer. */
    public List<Pending> questions() {
        return syscalls.mediator().waiting();
    }

    /** Answers one of them. */
    public Mediator.Answer answer(String id, boolean yes) {
        return syscalls.mediator().answer(id, yes);
    }

    /** The rules that hold now. */
    public Rules rules() {
        return syscalls.mediator().rules();
    }

    /** The policy that this daemon's home has of its own. */
    public Rules.Read ownRules() {
        return home.map(folder -> DaemonRules.own(folder, tools()))
                .orElseGet(() -> Rules.shipped(Rules.USUAL, tools()));
    }

    /**
     * Goes by other rules from now on, and waits that long for effects that the ones before allowed.
     *
     * @param kept whether daemons that start later go by them too; else by the own ones of their home
     */
    public Change change(Rules rules, boolean kept, Duration wait) throws InterruptedException {
        return syscalls.mediator().change(rules, keeper(kept), wait);
    }

    private Keeper keeper(boolean kept) {
        return rules -> {
            if (home.isEmpty()) {
                return Kept.NOTHING;
            }
            KeptPolicy place = new KeptPolicy(home.get());
            return kept ? place.prepare(rules) : place.forgetting();
        };
    }

    /** The names of everything that rules can be about. */
    public List<String> tools() {
        return DaemonRules.tools(tools);
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
