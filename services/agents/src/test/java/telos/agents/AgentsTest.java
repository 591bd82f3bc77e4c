package telos.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import telos.kernel.AgentId;
import telos.kernel.Message;
import telos.kernel.Reply;
import telos.kernel.Syscall;
import telos.kernel.SyscallHandler;
import telos.kernel.ToolCall;
import telos.kernel.ToolSpec;

@NullMarked
class AgentsTest {
    private static final List<ToolSpec> TOOLS =
            List.of(new ToolSpec("load", "Load.", "{}"), new ToolSpec("disk", "Disk.", "{}"));

    private final AtomicLong clock = new AtomicLong();
    private final Deque<Reply> replies = new ArrayDeque<>();
    private final List<Syscall> calls = new ArrayList<>();
    private final List<AgentEvent> events = new ArrayList<>();

    private final SyscallHandler scripted = (agent, call) -> {
        calls.add(call);
        return replies.remove();
    };

    private Outcome run(AgentSpec spec) {
        Agents agents = new Agents(clock::get);
        Outcome outcome = agents.run(agents.next(), scripted, spec, TOOLS, List.of(), "what is the load?", events::add);
        assertThat(agents.list()).isEmpty();
        return outcome;
    }

    private static Reply.Generated says(String text) {
        return new Reply.Generated(new Message.Assistant(text, List.of()), 10, 5);
    }

    private static Reply.Generated calls(ToolCall... calls) {
        return new Reply.Generated(new Message.Assistant("", List.of(calls)), 10, 5);
    }

    private static final ToolCall LOAD = new ToolCall("1", "load", "{}");

    @Test
    void answersWithoutToolsWhenTheModelDoes() {
        replies.add(says("I am an operator."));
        assertThat(run(AgentSpec.OPERATOR)).isEqualTo(new Outcome.Answered("I am an operator."));
        assertThat(events).isEmpty();
    }

    @Test
    void givesTheModelWhatTheToolReturned() {
        replies.add(calls(LOAD));
        replies.add(new Reply.Returned("load: 0.5"));
        replies.add(says("The load is 0.5."));
        assertThat(run(AgentSpec.OPERATOR)).isEqualTo(new Outcome.Answered("The load is 0.5."));
        assertThat(events)
                .containsExactly(new AgentEvent.Calling(LOAD), new AgentEvent.Returned(LOAD, "load: 0.5", false));
        assertThat(((Syscall.Generate) calls.get(2)).messages())
                .containsExactly(
                        new Message.User("what is the load?"),
                        new Message.Assistant("", List.of(LOAD)),
                        new Message.ToolResult("1", "load", "load: 0.5"));
    }

    @Test
    void tellsTheModelThatAToolFailedAndGoesOn() {
        replies.add(calls(LOAD));
        replies.add(new Reply.Failed("no such file: /proc/loadavg"));
        replies.add(says("I could not read it."));
        assertThat(run(AgentSpec.OPERATOR)).isEqualTo(new Outcome.Answered("I could not read it."));
        assertThat(events).contains(new AgentEvent.Returned(LOAD, "no such file: /proc/loadavg", true));
    }

    @Test
    void stopsAtTheLimitOfSteps() {
        for (int i = 0; i < 3; i++) {
            replies.add(calls(LOAD));
            replies.add(new Reply.Returned("x"));
        }
        Outcome outcome = run(withLimits(new Limits(2, 1000, Duration.ofMinutes(1))));
        assertThat(outcome).isEqualTo(new Outcome.Stopped("the limit of 2 tool calls was reached"));
    }

    @Test
    void stopsAtTheLimitOfTokens() {
        for (int i = 0; i < 3; i++) {
            replies.add(calls(LOAD));
            replies.add(new Reply.Returned("x"));
        }
        Outcome outcome = run(withLimits(new Limits(100, 10, Duration.ofMinutes(1))));
        assertThat(outcome).isEqualTo(new Outcome.Stopped("the limit of 10 tokens was reached"));
    }

    @Test
    void stopsAtTheLimitOfTime() {
        Agents agents = new Agents(clock::get);
        SyscallHandler kernel = (agent, call) -> {
            clock.addAndGet(Duration.ofSeconds(40).toNanos());
            return call instanceof Syscall.Generate ? calls(LOAD) : new Reply.Returned("x");
        };
        Outcome outcome = agents.run(
                agents.next(),
                kernel,
                withLimits(new Limits(100, 1000, Duration.ofMinutes(1))),
                TOOLS,
                List.of(),
                "load?",
                events::add);
        assertThat(outcome).isEqualTo(new Outcome.Stopped("the limit of 60 seconds was reached"));
    }

    @Test
    void cutsAModelCallThatOutlastsItsTime() {
        assertThat(cut(call -> {}))
                .isEqualTo(new Outcome.Stopped("the limit of 60 seconds was reached while the model was at work"));
    }

    @Test
    void cutsAToolCallThatOutlastsItsTime() {
        Outcome outcome = cut(call -> {
            if (call instanceof Syscall.Generate) {
                replies.add(calls(LOAD));
            }
        });
        assertThat(outcome)
                .isEqualTo(new Outcome.Stopped("the limit of 60 seconds was reached while a tool was at work"));
    }

    /** Runs an agent whose time is over in the first call that no reply was scripted for. */
    private Outcome cut(Consumer<Syscall> script) {
        List<Runnable> alarms = new ArrayList<>();
        Agents agents = new Agents(clock::get, (after, what) -> {
            assertThat(after).isEqualTo(Duration.ofMinutes(1));
            alarms.add(what);
            return alarms::clear;
        });
        SyscallHandler kernel = (agent, call) -> {
            script.accept(call);
            if (replies.isEmpty()) {
                alarms.forEach(Runnable::run);
                new CountDownLatch(1).await();
            }
            return replies.remove();
        };
        Limits minute = new Limits(10, 1000, Duration.ofMinutes(1));
        Outcome outcome = agents.run(agents.next(), kernel, withLimits(minute), TOOLS, List.of(), "load?", events::add);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(alarms).as("the alarm is called off").isEmpty();
        return outcome;
    }

    @Test
    void leavesTheThreadAloneWhenItsTimeIsOverAfterItsEnd() {
        List<Runnable> alarms = new ArrayList<>();
        Agents agents = new Agents(clock::get, (_, what) -> {
            alarms.add(what);
            return () -> {};
        });
        replies.add(says("done"));
        Outcome outcome =
                agents.run(agents.next(), scripted, AgentSpec.OPERATOR, TOOLS, List.of(), "load?", events::add);
        alarms.forEach(Runnable::run);
        assertThat(outcome).isEqualTo(new Outcome.Answered("done"));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void cutsByTheClockOfTheMachine() {
        Agents agents = new Agents(System::nanoTime);
        SyscallHandler kernel = (agent, call) -> {
            new CountDownLatch(1).await();
            return says("never");
        };
        Limits brief = new Limits(10, 1000, Duration.ofMillis(1));
        assertThat(agents.run(agents.next(), kernel, withLimits(brief), TOOLS, List.of(), "load?", events::add))
                .isInstanceOf(Outcome.Stopped.class);
    }

    @Test
    void stopsWithTheReasonWhenTheModelIsRefused() {
        replies.add(new Reply.Refused("no model named 'x'"));
        assertThat(run(AgentSpec.OPERATOR)).isEqualTo(new Outcome.Stopped("no model named 'x'"));
    }

    @Test
    void showsTheModelOnlyTheToolsThatWereGranted() {
        replies.add(says("ok"));
        run(new AgentSpec("a", "", List.of("disk"), Limits.DEFAULT, "Be brief."));
        Syscall.Generate call = (Syscall.Generate) calls.getFirst();
        assertThat(call.tools()).extracting(ToolSpec::name).containsExactly("disk");
        assertThat(call.messages().getFirst()).isEqualTo(new Message.System("Be brief."));
    }

    @Test
    void callsNoToolThatWasNotGranted() {
        replies.add(calls(LOAD));
        replies.add(says("I may not."));
        Outcome outcome = run(new AgentSpec("a", "", List.of("disk"), Limits.DEFAULT, ""));
        assertThat(outcome).isEqualTo(new Outcome.Answered("I may not."));
        assertThat(calls).hasSize(2).noneMatch(Syscall.Invoke.class::isInstance);
        assertThat(events)
                .contains(new AgentEvent.Returned(LOAD, "the tool 'load' was not granted to this agent", true));
    }

    @Test
    void refusesAToolThatDoesNotExist() {
        Outcome outcome = run(new AgentSpec("a", "", List.of("format_disk"), Limits.DEFAULT, ""));
        assertThat(outcome).isEqualTo(new Outcome.Stopped("unknown tool 'format_disk'; known are load, disk"));
    }

    @Test
    void killsOneAgentAndNoOther() throws InterruptedException {
        CountDownLatch waiting = new CountDownLatch(2);
        CountDownLatch release = new CountDownLatch(1);
        Agents agents = new Agents(clock::get);
        SyscallHandler kernel = (agent, call) -> {
            waiting.countDown();
            release.await();
            return says("done");
        };
        AtomicReference<Outcome> first = new AtomicReference<>(new Outcome.Stopped("never ran"));
        AtomicReference<Outcome> second = new AtomicReference<>(new Outcome.Stopped("never ran"));
        AgentId killed = agents.next();
        AgentId spared = agents.next();
        Thread one = Thread.ofVirtual()
                .start(() ->
                        first.set(agents.run(killed, kernel, AgentSpec.OPERATOR, TOOLS, List.of(), "a", events::add)));
        Thread two = Thread.ofVirtual()
                .start(() ->
                        second.set(agents.run(spared, kernel, AgentSpec.OPERATOR, TOOLS, List.of(), "b", events::add)));
        waiting.await();
        assertThat(agents.list()).extracting(Agents.Row::id).containsExactly(killed, spared);
        assertThat(agents.kill(killed)).isTrue();
        one.join();
        assertThat(agents.kill(killed)).isFalse();
        assertThat(agents.list()).extracting(Agents.Row::id).containsExactly(spared);
        release.countDown();
        two.join();
        assertThat(first.get()).isEqualTo(new Outcome.Killed());
        assertThat(second.get()).isEqualTo(new Outcome.Answered("done"));
    }

    private static AgentSpec withLimits(Limits limits) {
        return new AgentSpec("a", "", List.of(), limits, "");
    }
}
