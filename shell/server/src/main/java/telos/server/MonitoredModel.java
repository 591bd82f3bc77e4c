package telos.server;

import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;
import telos.inference.chat.ChatListener;
import telos.inference.chat.ChatOutcome;
import telos.inference.chat.ChatRequest;
import telos.inference.chat.OutputForm;
import telos.kernel.Message;
import telos.kernel.ToolCall;
import telos.kernel.ToolSpec;
import telos.kernel.security.Integrity;
import telos.kernel.security.Label;
import telos.kernel.security.Readers;
import telos.kernel.security.Source;
import telos.kernel.security.policy.Term;
import telos.server.clock.Clock;
import telos.server.monitor.Mediator;
import telos.server.monitor.Subject;
import telos.server.monitor.Wanted;
import telos.tools.Trust;

/**
 * A model that runs elsewhere, behind the reference monitor: nothing is sent there, not even to find out whether it is there,
 * that was not judged. To policies that is a call of the tool {@value #TOOL} with all that is sent: the {@code server} and the
 * {@code path} of its address and the name of its {@code model}, which a person has given, the {@code conversation}, and the
 * {@code tools}, the {@code schema} and the {@code stop} words where there are any.
 */
final class MonitoredModel implements ServedModel {
    static final String TOOL = "upstream";

    private static final Set<String> ADDRESS = Set.of("server", "path", "model");

    private static final Source EARLIER = new Source(Source.Kind.MEMORY, "conversation");
    private static final Label HEARD =
            Label.of(Integrity.UNTRUSTED, Readers.EVERYONE).from(EARLIER);
    private static final Label TOLD =
            Label.of(Integrity.UNTRUSTED, Readers.of(Trust.OWNER)).from(EARLIER);

    private final ServedModel model;
    private final Mediator mediator;
    private final Integrity word;

    /** @param declared whether the daemon's owner has named the server, so that what it says is trusted */
    MonitoredModel(ServedModel model, Mediator mediator, boolean declared) {
        this.model = model;
        this.mediator = mediator;
        this.word = declared ? Integrity.TRUSTED : Integrity.UNTRUSTED;
    }

    /** Finds out whether a server is there. */
    @FunctionalInterface
    interface Reaching {
        void reach() throws IOException, InterruptedException;
    }

    /** Has the server reached, if that may be, for the daemon itself; says why it cannot be. */
    Optional<String> reach(Reaching server) throws InterruptedException {
        Subject daemon = mediator.enter("daemon", "daemon", Label.BOTTOM, _ -> {});
        try {
            Mediator.Outcome<Optional<String>> outcome = mediator.perform(daemon, wanted(address()), () -> {
                try {
                    server.reach();
                    return Optional.empty();
                } catch (IOException e) {
                    return Optional.of(String.valueOf(e.getMessage()));
                }
            });
            return switch (outcome) {
                case Mediator.Outcome.Done<Optional<String>>(Optional<String> why) -> why;
                case Mediator.Outcome.Refused<Optional<String>>(String why) ->
                    Optional.of("the policy does not let " + server() + " be reached: " + why);
            };
        } finally {
            mediator.leave(daemon);
        }
    }

    @Override
    public ChatOutcome generate(ChatRequest request, ChatListener listener) throws InterruptedException {
        Optional<Subject> agent = mediator.subject(request.claim().agent());
        if (agent.isPresent()) {
            return generate(agent.get(), request, listener);
        }
        Subject client = mediator.enter(
                "client-" + request.claim().tenant() + "/" + request.claim().agent(),
                request.claim().label(),
                known(request).join(request.label()),
                _ -> {});
        try {
            return generate(client, request, listener);
        } finally {
            mediator.leave(client);
        }
    }

    /**
     * What a client of the HTTP interfaces sends is its own word, for whom it sends it to; not so what it says that a model has
     * said, and still less what a tool has: that may be anything that this machine's tools tell.
     */
    private static Label known(ChatRequest request) {
        Label known = Label.BOTTOM;
        for (Message each : request.messages()) {
            known = known.join(
                    switch (each) {
                        case Message.System _, Message.User _ -> Label.BOTTOM;
                        case Message.Assistant said when said.calls().isEmpty() -> HEARD;
                        case Message.Assistant _, Message.ToolResult _ -> TOLD;
                    });
        }
        return known;
    }

    private ChatOutcome generate(Subject subject, ChatRequest request, ChatListener listener)
            throws InterruptedException {
        SequencedMap<String, Term> values = address();
        values.put("conversation", new Term.Text(text(request.messages())));
        if (!request.tools().isEmpty()) {
            values.put("tools", items(request.tools().stream().map(MonitoredModel::text)));
        }
        if (request.form() instanceof OutputForm.Schema(String json, boolean _)) {
            values.put("schema", new Term.Text(json));
        }
        if (!request.sampling().stop().isEmpty()) {
            values.put("stop", items(request.sampling().stop().stream()));
        }
        return switch (mediator.perform(subject, wanted(values), () -> model.generate(request, listener))) {
            case Mediator.Outcome.Done<ChatOutcome>(ChatOutcome outcome) -> outcome;
            case Mediator.Outcome.Refused<ChatOutcome>(String why) ->
                new ChatOutcome.Refused(ChatOutcome.Reason.FORBIDDEN, why);
        };
    }

    private Wanted wanted(SequencedMap<String, Term> values) {
        Label answer = Label.of(word, Readers.EVERYONE).from(new Source(Source.Kind.SERVER, server()));
        return new Wanted(TOOL, values, ADDRESS, answer);
    }

    private static Term items(Stream<String> texts) {
        return new Term.Items(texts.<Term>map(Term.Text::new).toList());
    }

    private SequencedMap<String, Term> address() {
        SequencedMap<String, Term> values = new LinkedHashMap<>();
        values.put("server", new Term.Text(server()));
        URI uri = URI.create(model.description().source());
        String query = uri.getRawQuery();
        values.put("path", new Term.Text(uri.getRawPath() + (query == null ? "" : "?" + query)));
        if (!model.description().architecture().isEmpty()) {
            values.put("model", new Term.Text(model.description().architecture()));
        }
        return values;
    }

    /** Scheme, host and port; what follows may hold what is nobody's business. */
    private String server() {
        URI uri = URI.create(model.description().source());
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }

    private static String text(ToolSpec tool) {
        return tool.name() + ": " + tool.description() + " " + tool.parameters();
    }

    /** All of it, as a person would read it. */
    private static String text(List<Message> messages) {
        StringBuilder text = new StringBuilder();
        for (Message each : messages) {
            switch (each) {
                case Message.System system -> text.append("system: ").append(system.text());
                case Message.User user -> text.append("user: ").append(user.text());
                case Message.Assistant said -> {
                    text.append("assistant: ").append(said.text());
                    for (ToolCall call : said.calls()) {
                        text.append('[')
                                .append(call.name())
                                .append(' ')
                                .append(call.arguments())
                                .append(']');
                    }
                }
                case Message.ToolResult result ->
                    text.append(result.tool()).append(": ").append(result.text());
            }
            text.append('\n');
        }
        return text.toString();
    }

    @Override
    public String name() {
        return model.name();
    }

    @Override
    public ModelDescription description() {
        return model.description();
    }

    @Override
    public Optional<Clock> clock() {
        return model.clock();
    }

    @Override
    public void close() {
        model.close();
    }
}
