package telos.agents;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import telos.kernel.AgentId;
import telos.kernel.Message;
import telos.kernel.Reply;
import telos.kernel.Syscall;
import telos.kernel.SyscallHandler;
import telos.kernel.ToolCall;
import telos.kernel.ToolSpec;

/**
 * One agent at work: it asks the model, carries out the tool calls that come back, and goes round until the model has
 * answered or a limit is reached. It runs on the caller's thread and blocks there; {@link Agents} gives it one.
 */
final class Agent {
    private final AgentId id;
    private final AgentSpec spec;
    private final SyscallHandler kernel;
    private final List<ToolSpec> tools;
    private final LongSupplier nanos;
    private final Deadline deadline;
    private final AtomicReference<AgentState> state = new AtomicReference<>(AgentState.READY);
    private final AtomicInteger steps = new AtomicInteger();
    private final AtomicLong tokens = new AtomicLong();

    Agent(
            AgentId id,
            AgentSpec spec,
            SyscallHandler kernel,
            List<ToolSpec> tools,
            LongSupplier nanos,
            Deadline deadline) {
        this.id = id;
        this.spec = spec;
        this.kernel = kernel;
        this.tools = List.copyOf(tools);
        this.nanos = nanos;
        this.deadline = deadline;
    }

    AgentState state() {
        return state.get();
    }

    int steps() {
        return steps.get();
    }

    long tokens() {
        return tokens.get();
    }

    Outcome run(List<Message> history, String request, Consumer<AgentEvent> events) {
        try {
            return converse(history, request, events);
        } catch (InterruptedException e) {
            return deadline.struck() ? outOfTime() : new Outcome.Killed();
        } finally {
            state.set(AgentState.ENDED);
        }
    }

    private Outcome.Stopped outOfTime() {
        String meanwhile = switch (state.get()) {
            case WAITING_FOR_MODEL -> " while the model was at work";
            case WAITING_FOR_TOOL -> " while a tool was at work";
            case READY, RUNNING, ENDED -> "";
        };
        return new Outcome.Stopped(
                "the limit of " + spec.limits().time().toSeconds() + " seconds was reached" + meanwhile);
    }

    private Outcome converse(List<Message> history, String request, Consumer<AgentEvent> events)
            throws InterruptedException {
        List<Message> messages = new ArrayList<>();
        if (!spec.instructions().isEmpty()) {
            messages.add(new Message.System(spec.instructions()));
        }
        messages.addAll(history);
        messages.add(new Message.User(request));
        long start = nanos.getAsLong();
        int tokensLeft = spec.limits().tokens();
        int stepsLeft = spec.limits().steps();
        while (true) {
            if (tokensLeft <= 0) {
                return new Outcome.Stopped("the limit of " + spec.limits().tokens() + " tokens was reached");
            }
            if (Duration.ofNanos(nanos.getAsLong() - start)
                            .compareTo(spec.limits().time())
                    > 0) {
                return outOfTime();
            }
            state.set(AgentState.WAITING_FOR_MODEL);
            Reply reply = kernel.handle(id, new Syscall.Generate(spec.model(), messages, tools, tokensLeft));
            switch (reply) {
                case Reply.Generated generated -> {
                    state.set(AgentState.RUNNING);
                    Message.Assistant turn = generated.message();
                    messages.add(turn);
                    tokens.addAndGet((long) generated.promptTokens() + generated.completionTokens());
                    if (turn.calls().isEmpty()) {
                        return new Outcome.Answered(turn.text());
                    }
                    tokensLeft -= Math.max(1, generated.completionTokens());
                    for (ToolCall call : turn.calls()) {
                        if (stepsLeft-- == 0) {
                            return new Outcome.Stopped(
                                    "the limit of " + spec.limits().steps() + " tool calls was reached");
                        }
                        messages.add(invoke(call, events));
                    }
                }
                case Reply.Refused refused -> {
                    return new Outcome.Stopped(refused.why());
                }
                case Reply.Failed failed -> {
                    return new Outcome.Stopped(failed.why());
                }
                case Reply.Returned _ -> throw new IllegalStateException(id + ": a tool's reply to a model call");
            }
        }
    }

    private Message.ToolResult invoke(ToolCall call, Consumer<AgentEvent> events) throws InterruptedException {
        events.accept(new AgentEvent.Calling(call));
        steps.incrementAndGet();
        if (tools.stream().noneMatch(tool -> tool.name().equals(call.name()))) {
            String refusal = "the tool '" + call.name() + "' was not granted to this agent";
            events.accept(new AgentEvent.Returned(call, refusal, true));
            return new Message.ToolResult(call.id(), call.name(), "error: " + refusal);
        }
        state.set(AgentState.WAITING_FOR_TOOL);
        String text;
        boolean failed;
        switch (kernel.handle(id, new Syscall.Invoke(call))) {
            case Reply.Returned returned -> {
                text = returned.text();
                failed = false;
            }
            case Reply.Failed reply -> {
                text = reply.why();
                failed = true;
            }
            case Reply.Refused refused -> {
                text = refused.why();
                failed = true;
            }
            case Reply.Generated _ -> throw new IllegalStateException(id + ": a model's reply to a tool call");
        }
        state.set(AgentState.RUNNING);
        events.accept(new AgentEvent.Returned(call, text, failed));
        return new Message.ToolResult(call.id(), call.name(), failed ? "error: " + text : text);
    }
}
