package telos.server.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import telos.agents.AgentFile;
import telos.agents.AgentFileException;
import telos.agents.AgentSpec;
import telos.kernel.Message;
import telos.server.Models;
import telos.server.Runs;
import telos.server.ServedModel;
import telos.server.api.http.ApiException;
import telos.server.api.http.Endpoint;
import telos.server.api.http.EventStream;
import telos.server.api.http.Exchange;
import telos.server.api.http.Fields;
import telos.server.api.turns.ModelErrors;

/** {@code POST /runs}: an agent works on a request, and each of its steps is an event. */
final class RunsEndpoint implements Endpoint {
    private static final int MAX_REQUEST_CHARACTERS = 100_000;
    private static final int MAX_HISTORY = 10_000;

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
        Fields body = exchange.body();
        String request = body.text("request", "");
        if (request.isBlank()) {
            throw ApiException.invalid("the request is empty; say what you want to know", "request");
        }
        if (request.length() > MAX_REQUEST_CHARACTERS) {
            throw ApiException.invalid(
                    "the request is longer than " + MAX_REQUEST_CHARACTERS + " characters", "request");
        }
        Path directory = directory(body);
        AgentSpec spec = from(directory, spec(body));
        ServedModel model = ModelErrors.find(models, spec.model(), exchange);
        List<Message> history = history(body.objects("history", MAX_HISTORY));
        String asked = request.strip();
        try (EventStream stream = exchange.events()) {
            RunStream run = new RunStream(asked, model.name(), nanos);
            run.follow(stream, (events, text) -> runs.run(spec, history, asked, directory, events, text, run::asked));
        }
    }

    /** A file is meant from where the caller is; a name that is no file there stays a name. */
    private static AgentSpec from(Path directory, AgentSpec spec) throws ApiException {
        String model = spec.model();
        if (model.isEmpty() || model.contains("://")) {
            return spec;
        }
        try {
            Path file = directory.resolve(model).normalize();
            boolean path = model.startsWith("./") || model.startsWith("../") || model.endsWith(".gguf");
            return path || Files.isRegularFile(file) ? spec.withModel(file.toString()) : spec;
        } catch (InvalidPathException e) {
            throw ApiException.invalid("'model' is no name, path or address: " + e.getMessage(), "model");
        }
    }

    private static AgentSpec spec(Fields body) throws ApiException {
        Optional<String> agent = body.text("agent");
        String model = body.text("model", "");
        AgentSpec spec;
        try {
            spec = agent.isEmpty()
                    ? AgentSpec.OPERATOR
                    : AgentFile.parse(body.text("agent_name", "agent.md"), agent.get());
        } catch (AgentFileException e) {
            throw ApiException.invalid(String.valueOf(e.getMessage()), "agent");
        }
        return model.isEmpty() ? spec : spec.withModel(model);
    }

    private static Path directory(Fields body) throws ApiException {
        try {
            Path path = Path.of(body.text("cwd", "/"));
            if (path.isAbsolute()) {
                return path;
            }
        } catch (InvalidPathException e) {
            // falls through to the refusal below
        }
        throw ApiException.invalid("'cwd' must be an absolute path", "cwd");
    }

    private static List<Message> history(List<Fields> turns) throws ApiException {
        List<Message> messages = new ArrayList<>();
        for (Fields turn : turns) {
            String text = turn.required("text");
            messages.add(
                    switch (turn.required("role")) {
                        case "user" -> new Message.User(text);
                        case "assistant" -> new Message.Assistant(text, List.of());
                        default ->
                            throw ApiException.invalid("'history' knows the roles user and assistant", "history");
                    });
        }
        return messages;
    }
}
