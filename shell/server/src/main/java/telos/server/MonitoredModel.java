package telos.server;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import telos.inference.chat.ChatListener;
import telos.inference.chat.ChatOutcome;
import telos.inference.chat.ChatRequest;
import telos.kernel.Message;
import telos.kernel.ToolCall;
import telos.kernel.security.Integrity;
import telos.kernel.security.Label;
import telos.kernel.security.Readers;
import telos.kernel.security.Source;
import telos.kernel.security.policy.Term;
import telos.server.clock.Clock;
import telos.server.monitor.Mediator;
import telos.server.monitor.Subject;
import telos.server.monitor.Wanted;

/**
 * A model that runs elsewhere, behind the reference monitor: whatever it is sent leaves this machine. To policies that is a
 * call of the tool {@value #TOOL} with the {@code server}'s address, which a person has named, and the {@code conversation}.
 */
final class MonitoredModel implements ServedModel {
    static final String TOOL = "upstream";

    private final ServedModel model;
    private final Mediator mediator;

    MonitoredModel(ServedModel model, Mediator mediator) {
        this.model = model;
        this.mediator = mediator;
    }

    @Override
    public ChatOutcome generate(ChatRequest request, ChatListener listener) throws InterruptedException {
        Optional<Subject> agent = mediator.subject(request.claim().agent());
        if (agent.isPresent()) {
            return generate(agent.get(), request, listener);
        }
        // What a client of the HTTP interfaces sends is its own word, for whom it sends it to.
        Subject client = mediator.enter(
                "client-" + request.claim().tenant() + "/" + request.claim().agent(),
                request.claim().label(),
                Label.BOTTOM,
                _ -> {});
        try {
            return generate(client, request, listener);
        } finally {
            mediator.leave(client);
        }
    }

    private ChatOutcome generate(Subject subject, ChatRequest request, ChatListener listener)
            throws InterruptedException {
        SequencedMap<String, Term> values = new LinkedHashMap<>();
        values.put("server", new Term.Text(server()));
        values.put("conversation", new Term.Text(text(request.messages())));
        Label answer = Label.of(Integrity.TRUSTED, Readers.EVERYONE).from(new Source(Source.Kind.SERVER, server()));
        Wanted wanted = new Wanted(TOOL, values, Set.of("server"), answer);
        return switch (mediator.perform(subject, wanted, () -> model.generate(request, listener))) {
            case Mediator.Outcome.Done<ChatOutcome>(ChatOutcome outcome) -> outcome;
            case Mediator.Outcome.Refused<ChatOutcome>(String why) ->
                new ChatOutcome.Refused(ChatOutcome.Reason.FORBIDDEN, why);
        };
    }

    /** Scheme, host and port; what follows may hold what is nobody's business. */
    private String server() {
        URI uri = URI.create(model.description().source());
        return uri.getScheme() + "://" + uri.getRawAuthority();
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
