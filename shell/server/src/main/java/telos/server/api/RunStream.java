package telos.server.api;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import telos.agents.AgentEvent;
import telos.agents.Outcome;
import telos.inference.chat.ChatListener;
import telos.kernel.ToolCall;
import telos.server.api.http.EventStream;
import telos.server.api.http.Json;
import telos.server.monitor.Pending;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One run as server-sent events. The agent works on a thread of its own and hands its news over; the thread that answers
 * the client writes them, and a comment whenever there has been none for a while, so that a client that has gone is
 * noticed however long a model or a tool is silent. The agent is killed then, by an interrupt that hits no writing.
 */
final class RunStream {
    private static final Duration SILENCE = Duration.ofSeconds(5);
    /** A client that reads slowly makes the agent wait from here on. */
    private static final int MAX_NEWS = 1024;

    /** An agent at work. */
    @FunctionalInterface
    interface Work {
        Outcome run(Consumer<AgentEvent> events, ChatListener text);
    }

    private sealed interface News {
        record Event(String name, JsonNode data) implements News {}

        record Ended(Outcome outcome) implements News {}

        record Broken(RuntimeException fault) implements News {}
    }

    private final String request;
    private final String model;
    private final LongSupplier nanos;
    private final Duration silence;
    private final BlockingQueue<News> news = new LinkedBlockingQueue<>(MAX_NEWS);
    private final ArrayNode steps = Json.array();

    RunStream(String request, String model, LongSupplier nanos) {
        this(request, model, nanos, SILENCE);
    }

    RunStream(String request, String model, LongSupplier nanos, Duration silence) {
        this.request = request;
        this.model = model;
        this.nanos = nanos;
        this.silence = silence;
    }

    /**
     * Lets the agent work until it has ended.
     *
     * @throws IOException if the client has gone; the agent has ended then
     */
    void follow(EventStream stream, Work work) throws IOException, InterruptedException {
        long start = nanos.getAsLong();
        Thread agent = Thread.ofVirtual().name("agent").start(() -> work(work));
        try {
            while (true) {
                @Nullable News next = news.poll(silence.toNanos(), TimeUnit.NANOSECONDS);
                switch (next) {
                    case null -> stream.keepAlive();
                    case News.Event(String name, JsonNode data) -> stream.event(name, data);
                    case News.Broken(RuntimeException fault) -> throw fault;
                    case News.Ended(Outcome outcome) -> {
                        double seconds = Math.round((nanos.getAsLong() - start) / 1e6) / 1e3;
                        stream.event(outcome instanceof Outcome.Answered ? "done" : "error", last(outcome, seconds));
                        return;
                    }
                }
            }
        } finally {
            agent.interrupt();
            news.clear();
            agent.join();
        }
    }

    private void work(Work work) {
        News last;
        try {
            last = new News.Ended(work.run(this::heard, (delta, _) -> tell(new News.Event("text", text(delta)))));
        } catch (RuntimeException e) {
            last = new News.Broken(e);
        } catch (Error e) {
            last = new News.Broken(new IllegalStateException("an agent's thread failed", e));
        }
        try {
            tell(last);
        } catch (InterruptedIOException _) {
            // whoever wanted to know has gone
        }
    }

    private static JsonNode text(String delta) {
        return Json.object().put("delta", delta);
    }

    private void tell(News item) throws InterruptedIOException {
        try {
            news.put(item);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the agent was stopped");
        }
    }

    private void heard(AgentEvent event) {
        try {
            switch (event) {
                case AgentEvent.Calling calling -> tell(new News.Event("call", step(calling.call())));
                case AgentEvent.Returned returned -> {
                    ObjectNode step = step(returned.call());
                    step.put("result", returned.result());
                    steps.add(step.deepCopy());
                    step.put("failed", returned.failed());
                    tell(new News.Event("result", step));
                }
            }
        } catch (InterruptedIOException _) {
            // the interrupt is noted on the thread, and ends the agent at its next call
        }
    }

    /** A person is asked; the run waits for the answer. */
    void asked(Pending question) {
        try {
            tell(new News.Event("question", question.toJson()));
        } catch (InterruptedIOException _) {
            // the interrupt is noted on the thread, and ends the waiting
        }
    }

    private ObjectNode last(Outcome outcome, double seconds) {
        ObjectNode last = Json.object();
        switch (outcome) {
            case Outcome.Answered _ -> {}
            case Outcome.Stopped stopped -> last.put("message", stopped.why());
            case Outcome.Killed _ -> last.put("message", "the agent was killed");
        }
        last.put("request", request);
        last.put("model", model);
        last.set("steps", steps);
        if (outcome instanceof Outcome.Answered(String text)) {
            last.put("answer", text);
        }
        last.put("seconds", seconds);
        return last;
    }

    private static ObjectNode step(ToolCall call) {
        ObjectNode node = Json.object();
        node.put("tool", call.name());
        try {
            node.set("arguments", Json.MAPPER.readTree(call.arguments()));
        } catch (JacksonException e) {
            node.put("arguments", call.arguments());
        }
        return node;
    }
}
