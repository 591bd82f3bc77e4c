package telos.inference.chat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import telos.inference.constraint.Compilation;
import telos.inference.constraint.Constraint;
import telos.inference.sampling.TokenMask;
import telos.inference.tokenizer.Tokenizer;
import telos.kernel.ToolSpec;

/** What a turn of a model with a chat template may hold, and how it is read: text, calls, or the model's choice. */
final class TemplateTurns {
    private final Tokenizer tokenizer;
    private final CallStyle style;
    private final CallForms forms;
    private final MarkMasks marks;
    /** Tokens that show at once that the turn is no call; not the one that announces a call. */
    private final TokenMask noBrace;
    /** The tokens that close the last of all calls. */
    private final TokenMask last;

    private final TokenMask ends;

    TemplateTurns(Tokenizer tokenizer, CallStyle style, CallForms forms) {
        this.tokenizer = tokenizer;
        this.style = style;
        this.forms = forms;
        this.marks = MarkMasks.of(tokenizer, style);
        this.noBrace = noBrace(tokenizer, style);
        this.last = last(tokenizer, style);
        this.ends = TokenMask.of(
                tokenizer.size(),
                tokenizer.endOfGeneration().stream().mapToInt(Integer::intValue).toArray());
    }

    Dialect.Turn turn(ChatRequest request, int[] prompt) throws Dialect.Unspeakable, InterruptedException {
        Optional<Constraint> answer = forms.answer(request.form());
        return switch (request.toolChoice()) {
            case ToolChoice.None _ -> text(request, prompt, answer);
            case ToolChoice.Auto _ ->
                request.tools().isEmpty() ? text(request, prompt, answer) : either(request, prompt, answer);
            case ToolChoice.Required _ -> calls(request, prompt, request.tools());
            case ToolChoice.Named(String name) ->
                calls(
                        request,
                        prompt,
                        request.tools().stream()
                                .filter(tool -> tool.name().equals(name))
                                .toList());
        };
    }

    private Dialect.Turn text(ChatRequest request, int[] prompt, Optional<Constraint> answer) {
        return new Dialect.Turn(
                prompt,
                answer.orElse(null),
                tokenizer.endOfGeneration(),
                new TextReader(tokenizer, new int[0], request.sampling().stop()));
    }

    private Dialect.Turn calls(ChatRequest request, int[] prompt, List<ToolSpec> tools)
            throws Dialect.Unspeakable, InterruptedException {
        boolean bare = style.mark().isEmpty();
        return turn(
                prompt,
                new CallsConstraint(form(request, tools, true), bare),
                new TaggedReader(tokenizer, style, TaggedReader.Calls.ALL, _ -> true, stops(request)));
    }

    /** The model decides between an answer and calls. */
    private Dialect.Turn either(ChatRequest request, int[] prompt, Optional<Constraint> answer)
            throws Dialect.Unspeakable, InterruptedException {
        if (!style.mark().isEmpty() && answer.isEmpty()) {
            CallsConstraint calls = new CallsConstraint(form(request, request.tools(), false), true);
            return turn(
                    prompt,
                    new TaggedConstraint(tokenizer, marks, calls),
                    new TaggedReader(tokenizer, style, TaggedReader.Calls.AFTER_MARK, _ -> false, stops(request)));
        }
        CallsConstraint.Calls form = form(request, request.tools(), true);
        if (answer.isPresent() && style.mark().isEmpty() && style.opens().isEmpty()) {
            throw new Dialect.Unspeakable(
                    "this model writes calls and JSON alike, so it cannot choose between tools and"
                            + " a form of output; set tool_choice to none or required");
        }
        if (answer.isPresent()) {
            return turn(
                    prompt,
                    new EitherConstraint(answer.get(), new CallsConstraint(form, false)),
                    new TaggedReader(
                            tokenizer, style, TaggedReader.Calls.AT_START, this::startsWithTextMark, stops(request)));
        }
        Constraint calls = new CallsConstraint(form, true);
        Constraint text = new FreeText(noBrace);
        return turn(
                prompt,
                new EitherConstraint(text, announced(calls, form)),
                new TaggedReader(
                        tokenizer, style, TaggedReader.Calls.AT_START, piece -> piece.startsWith("{"), stops(request)));
    }

    private Constraint announced(Constraint calls, CallsConstraint.Calls form) {
        return style.opens().isPresent() ? new EitherConstraint(calls, new CallsConstraint(form, false)) : calls;
    }

    private boolean startsWithTextMark(String piece) {
        return style.opens().isEmpty() && piece.startsWith(style.mark().substring(0, 1));
    }

    private static TokenMask noBrace(Tokenizer tokenizer, CallStyle style) {
        TokenMask.Builder mask = TokenMask.builder(tokenizer.size());
        for (int token = 0; token < tokenizer.size(); token++) {
            String text = tokenizer.isControl(token) ? "" : tokenizer.decode(new int[] {token});
            boolean announces = style.opens().isPresent() && style.opens().getAsInt() == token;
            boolean word = !text.isBlank() && !text.strip().startsWith("{");
            if (!announces && (word || tokenizer.isControl(token))) {
                mask.add(token);
            }
        }
        return mask.build();
    }

    private static TokenMask last(Tokenizer tokenizer, CallStyle style) {
        TokenMask.Builder mask = TokenMask.builder(tokenizer.size());
        byte[] last = style.last().getBytes(StandardCharsets.UTF_8);
        for (int token = 0; last.length > 0 && token < tokenizer.size(); token++) {
            if (!tokenizer.isControl(token) && Arrays.equals(tokenizer.bytes(token), last)) {
                mask.add(token);
            }
        }
        return mask.build();
    }

    private CallsConstraint.Calls form(ChatRequest request, List<ToolSpec> tools, boolean atStart)
            throws Dialect.Unspeakable, InterruptedException {
        boolean markIsText = style.opens().isEmpty() && !style.mark().isEmpty();
        Compilation.Compiled first = forms.call(tools, atStart && markIsText ? style.atStart() : style.first());
        Optional<Compilation.Compiled> further =
                request.parallelCalls() && style.further().isPresent()
                        ? Optional.of(forms.call(tools, style.further().get()))
                        : Optional.empty();
        return new CallsConstraint.Calls(style.opens(), style.closes(), first, further, last, ends);
    }

    private Dialect.Turn turn(int[] prompt, Constraint constraint, TurnReader reader) {
        return new Dialect.Turn(prompt, constraint, tokenizer.endOfGeneration(), reader);
    }

    private static List<String> stops(ChatRequest request) {
        return request.sampling().stop();
    }
}
