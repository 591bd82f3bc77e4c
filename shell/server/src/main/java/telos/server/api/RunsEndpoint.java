package telos.server.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import telos.agents.AgentEvent;
import telos.agents.AgentFile;
import telos.agents.AgentFileException;
import telos.agents.AgentSpec;
import telos.agents.Outcome;
import telos.inference.chat.ChatListener;
import telos.kernel.Message;
import telos.kernel.ToolCall;
import telos.server.Models;
import telos.server.Runs;
import telos.server.ServedModel;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /runs}: an agent works on a request, and each of its steps is an event. */
final class RunsEndpoint implements Endpoint {
    private static final int MAX_REQUEST_CHARACTERS = 100_000;

    private final Runs runs;
    private final Models models;
    private final LongSupplier nanos;

    RunsEndpoint(Runs runs, Models models, LongSupplier nanos) {
        this.runs = runs;
        this.models = models;
        this.nanos = nanos;
    }

    @Override
    public void serve(Exchange exchange) throws ApiException, IOException, InterruptedException {
        JsonNode body = exchange.body();
        @Nullable String request = Json.text(body, "request");
        if (request == null || request.isBlank()) {
            throw ApiException.invalid("the request is empty; say what you want to know", "request");
        }
        if (request.length() > MAX_REQUEST_CHARACTERS) {
            throw ApiException.invalid(
                    "the request is longer than " + MAX_REQUEST_CHARACTERS + " characters", "request");
        }
        AgentSpec spec = spec(body);
        ServedModel model = ModelErrors.find(models, spec.model());
        Path directory = directory(body);
        List<Message> history = history(body.path("history"));
        try (EventStream stream = exchange.events()) {
            new Run(stream, model.name()).run(spec, history, request.strip(), directory);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static AgentSpec spec(JsonNode body) throws ApiException {
        @Nullable String agent = Json.text(body, "agent");
        @Nullable String model = Json.text(body, "model");
        AgentSpec spec;
        try {
            @Nullable String name = Json.text(body, "agent_name");
            spec = agent == null ? AgentSpec.OPERATOR : AgentFile.parse(name == null ? "agent.md" : name, agent);
        } catch (AgentFileException e) {
            throw ApiException.invalid(String.valueOf(e.getMessage()), "agent");
        }
        return model == null || model.isEmpty() ? spec : spec.withModel(model);
    }

    private static Path directory(JsonNode body) throws ApiException {
        @Nullable String cwd = Json.text(body, "cwd");
        try {
            Path path = Path.of(cwd == null ? "/" : cwd);
            if (path.isAbsolute()) {
                return path;
            }
        } catch (InvalidPathException e) {
            // falls through to the refusal below
        }
        throw ApiException.invalid("'cwd' must be an absolute path", "cwd");
    }

    private static List<Message> history(JsonNode array) throws ApiException {
        List<Message> messages = new ArrayList<>();
        for (JsonNode node : array) {
            @Nullable String role = Json.text(node, "role");
            @Nullable String text = Json.text(node, "text");
            if (role == null || text == null) {
                throw ApiException.invalid("each message of 'history' needs 'role' and 'text'", "history");
            }
            messages.add(
                    switch (role) {
                        case "user" -> new Message.User(text);
                        case "assistant" -> new Message.Assistant(text, List.of());
                        default ->
                            throw ApiException.invalid("'history' knows the roles user and assistant", "history");
                    });
        }
        return messages;
    }

    /** One run and the events it sends. */
    private final class Run implements ChatListener, Consumer<AgentEvent> {
        private final EventStream stream;
        private final String model;
        private final ArrayNode steps = Json.array(List.of());

        Run(EventStream stream, String model) {
            this.stream = stream;
            this.model = model;
        }

        void run(AgentSpec spec, List<Message> history, String request, Path directory) throws IOException {
            long start = nanos.getAsLong();
            switch (runs.run(spec, history, request, directory, this, this)) {
                case Outcome.Answered answered -> {
                    ObjectNode done = Json.object();
                    done.put("request", request);
                    done.put("model", model);
                    done.set("steps", steps);
                    done.put("answer", answered.text());
                    done.put("seconds", Math.round((nanos.getAsLong() - start) / 1e6) / 1e3);
                    stream.event("done", done);
                }
                case Outcome.Stopped stopped ->
                    stream.event("error", Json.object().put("message", stopped.why()));
                case Outcome.Killed _ -> stream.event("error", Json.object().put("message", "the agent was killed"));
            }
        }

        @Override
        public void accept(AgentEvent event) {
            try {
                switch (event) {
                    case AgentEvent.Calling calling -> stream.event("call", step(calling.call()));
                    case AgentEvent.Returned returned -> {
                        ObjectNode step = step(returned.call());
                        step.put("result", returned.result());
                        steps.add(step.deepCopy());
                        step.put("failed", returned.failed());
                        stream.event("result", step);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void text(String delta) throws IOException {
            stream.event("text", Json.object().put("delta", delta));
        }

        @Override
        public void waiting() throws IOException {
            stream.keepAlive();
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
}
