package telos.inference.chat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import telos.inference.constraint.Compilation;
import telos.inference.constraint.Constraint;
import telos.inference.constraint.GroundedText;
import telos.inference.sampling.TokenMask;
import telos.inference.tokenizer.Tokenizer;
import telos.kernel.Message;
import telos.kernel.ToolCall;
import telos.kernel.ToolSpec;

/**
 * The operator protocol of the built-in model. A turn rests on the last request and what followed it; a call is held to
 * the tools' schemas, and an answer to its evidence, so that it names no path or figure of its own.
 */
final class OperatorDialect implements Dialect {
    private final Tokenizer tokenizer;
    private final OperatorTokens tokens;
    private final CallForms forms;

    OperatorDialect(Tokenizer tokenizer, OperatorTokens tokens, CallForms forms) {
        this.tokenizer = tokenizer;
        this.tokens = tokens;
        this.forms = forms;
    }

    @Override
    public int[] prompt(ChatRequest request) throws Unspeakable {
        return read(request).prompt();
    }

    /**
     * What a request comes to.
     *
     * @param evidence the texts that an answer rests on, the request first
     * @param quoted the last result
     * @param answered whether there is a result
     */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    private record Reading(int[] prompt, List<String> evidence, String quoted, boolean answered) {}

    @Override
    public Turn turn(ChatRequest request) throws Unspeakable, InterruptedException {
        Reading reading = read(request);
        return new Turn(
                reading.prompt(),
                constraint(request, reading.evidence(), reading.answered()),
                Set.of(tokens.end()),
                new OperatorReader(
                        tokenizer, tokens, reading.quoted(), request.sampling().stop()));
    }

    private Reading read(ChatRequest request) throws Unspeakable {
        List<Message> messages = sinceLastRequest(request.messages());
        IntStream.Builder prompt = IntStream.builder();
        List<String> evidence = new ArrayList<>();
        String quoted = "";
        boolean answered = false;
        for (Message message : messages) {
            switch (message) {
                case Message.System _ -> {}
                case Message.User user -> {
                    prompt.add(tokens.user());
                    encode(Shouted.read(user.text()), prompt);
                    evidence.add(user.text());
                    answered = false;
                }
                case Message.Assistant assistant -> {
                    for (ToolCall call : assistant.calls()) {
                        prompt.add(tokens.call());
                        encode("{\"name\":\"" + call.name() + "\",\"arguments\":" + call.arguments() + "}", prompt);
                        prompt.add(tokens.end());
                    }
                }
                case Message.ToolResult result -> {
                    prompt.add(tokens.result());
                    IntStream.of(OperatorResult.shorten(tokenizer, result.text()))
                            .forEach(prompt::add);
                    prompt.add(tokens.end());
                    evidence.add(result.text());
                    quoted = result.text();
                    answered = true;
                }
            }
        }
        return new Reading(prompt.build().toArray(), evidence, quoted, answered);
    }

    private Constraint constraint(ChatRequest request, List<String> evidence, boolean answered)
            throws Unspeakable, InterruptedException {
        Optional<Constraint> answer = forms.answer(request.form());
        String said = Shouted.read(evidence.getFirst());
        List<ToolSpec> callable = callable(request, said);
        boolean must =
                request.toolChoice() instanceof ToolChoice.Required || request.toolChoice() instanceof ToolChoice.Named;
        boolean mayCall = !callable.isEmpty() && (must || !answered);
        TokenMask.Builder moves = TokenMask.builder(tokenizer.size());
        if (mayCall) {
            moves.add(tokens.call());
        }
        if (!must) {
            moves.add(tokens.say());
        }
        Compilation.@Nullable Compiled calls = mayCall ? forms.call(callable) : null;
        return new OperatorConstraint(
                tokens,
                moves.build(),
                () -> calls == null ? unreachable() : new RequestConstraint(calls.start(), said, tokenizer::bytes),
                () -> answer.isPresent()
                        ? answer.get()
                        : GroundedText.over(forms.trie(), evidence, answered ? Set.of(tokens.quote()) : Set.of()));
    }

    /** Nobody can be called by a number that the request does not name: then the model asks for it. */
    private static List<ToolSpec> callable(ChatRequest request, String said) {
        return switch (request.toolChoice()) {
            case ToolChoice.None _ -> List.of();
            case ToolChoice.Auto _ ->
                request.tools().stream()
                        .filter(tool -> !SpokenNumbers.in(said).isEmpty() || !Calls.needsNumber(tool))
                        .toList();
            case ToolChoice.Required _ -> request.tools();
            case ToolChoice.Named(String name) ->
                request.tools().stream()
                        .filter(tool -> tool.name().equals(name))
                        .toList();
        };
    }

    private static Constraint unreachable() {
        throw new IllegalStateException("the move was not allowed");
    }

    private void encode(String text, IntStream.Builder into) {
        IntStream.of(tokenizer.encode(text, false)).forEach(into::add);
    }

    private static List<Message> sinceLastRequest(List<Message> messages) throws Unspeakable {
        for (int i = messages.size() - 1; i >= 0; i--) {
            if (messages.get(i) instanceof Message.User) {
                return messages.subList(i, messages.size());
            }
        }
        throw new Unspeakable("there is no message from a user");
    }
}
