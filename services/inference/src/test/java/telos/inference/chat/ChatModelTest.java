package telos.inference.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import telos.inference.constraint.TokenTrie;
import telos.inference.engine.Engine;
import telos.inference.sampling.SamplingOptions;
import telos.inference.template.ChatTemplate;
import telos.inference.tokenizer.Boundary;
import telos.inference.tokenizer.BpeTrainer;
import telos.inference.tokenizer.Tokenizer;
import telos.kernel.Message;
import telos.kernel.ToolCall;
import telos.kernel.ToolSpec;
import telos.kernel.memory.BlockPool;
import telos.kernel.scheduling.Limits;
import telos.kernel.scheduling.Line;
import telos.kernel.scheduling.Scheduler;

class ChatModelTest {
    private static final List<String> CONTROL = List.of(
            "<|end|>", "<|user|>", "<|call|>", "<|result|>", "<|say|>", "<|quote|>", "<tool_call>", "</tool_call>");
    private static final Tokenizer TOKENIZER = tokenizer();
    private static final List<ToolSpec> TOOLS = List.of(
            new ToolSpec("load", "Load.", "{\"type\":\"object\",\"properties\":{},\"additionalProperties\":false}"),
            new ToolSpec(
                    "tail",
                    "Tail.",
                    "{\"type\":\"object\",\"properties\":{\"path\":{\"type\":\"string\"},\"lines\":{\"type\":\"integer\","
                            + "\"minimum\":1,\"maximum\":200}},\"required\":[\"path\"],\"additionalProperties\":false}"));

    private final ScriptedPass model = new ScriptedPass(TOKENIZER);
    private final Engine engine = new Engine(
            "scripted",
            model,
            new Scheduler(new BlockPool(64), new Limits(64, 8, 512, 10), Line.firstComeFirstServed()));
    private final List<String> deltas = new ArrayList<>();

    private static Tokenizer tokenizer() {
        BpeTrainer trainer =
                new BpeTrainer(new BpeTrainer.Options(300, CONTROL, List.of(), "<|end|>", Boundary.LETTERS));
        trainer.add("the load of this machine is tail path lines name arguments");
        return Tokenizer.of(trainer.train());
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private static CallForms forms() {
        return new CallForms(TokenTrie.of(TOKENIZER));
    }

    private ChatModel operator() {
        return new ChatModel(
                engine,
                new OperatorDialect(TOKENIZER, OperatorTokens.of(TOKENIZER).orElseThrow(), forms()),
                TOKENIZER,
                forms(),
                512);
    }

    private ChatModel templated() {
        return templated("{% for m in messages %}<|user|>{{ m.content }}<|end|>{% endfor %}");
    }

    private ChatModel templated(String template) {
        CallForms forms = forms();
        TemplateTurns turns = new TemplateTurns(TOKENIZER, CallStyle.of(template, TOKENIZER), forms);
        Dialect dialect = new TemplateDialect(TOKENIZER, ChatTemplate.parse(template), turns, Clock.systemUTC());
        return new ChatModel(engine, dialect, TOKENIZER, forms, 512);
    }

    private ChatOutcome ask(ChatModel chat, String wish, ToolChoice choice, Message... messages)
            throws InterruptedException {
        return ask(chat, wish, choice, new OutputForm.Free(), List.of(), messages);
    }

    private ChatOutcome ask(
            ChatModel chat, String wish, ToolChoice choice, OutputForm form, List<String> stop, Message... messages)
            throws InterruptedException {
        model.say(TOKENIZER.encode(wish, true));
        return chat.generate(
                new ChatRequest(
                        List.of(messages),
                        TOOLS,
                        choice,
                        false,
                        form,
                        SamplingOptions.greedy(120).withStop(stop),
                        OptionalInt.empty(),
                        "tenant"),
                (delta, _) -> deltas.add(delta));
    }

    private static Message.Assistant message(ChatOutcome outcome) {
        assertThat(outcome).isInstanceOf(ChatOutcome.Completed.class);
        return ((ChatOutcome.Completed) outcome).message();
    }

    private static final Message.User REQUEST = new Message.User("show the last 5 lines of README.md");
    private static final ToolCall CALL = new ToolCall("1", "tail", "{\"path\":\"README.md\",\"lines\":5}");

    @Test
    void operatorCallsATool() throws Exception {
        ChatOutcome outcome = ask(
                operator(),
                "<|call|>{\"name\":\"tail\",\"arguments\":{\"path\":\"README.md\",\"lines\":5}}<|end|>",
                new ToolChoice.Auto(),
                REQUEST);
        assertThat(message(outcome).calls()).singleElement().satisfies(call -> {
            assertThat(call.name()).isEqualTo("tail");
            assertThat(call.arguments()).isEqualTo("{\"path\":\"README.md\",\"lines\":5}");
        });
        assertThat(((ChatOutcome.Completed) outcome).finish()).isEqualTo(ChatOutcome.Finish.TOOL_CALLS);
        assertThat(deltas).isEmpty();
    }

    @Test
    void operatorCannotWriteAnInvalidCall() throws Exception {
        ChatOutcome outcome = ask(
                operator(),
                "<|call|>{\"name\":\"format_disk\",\"arguments\":{\"force\":true}}<|end|>",
                new ToolChoice.Auto(),
                REQUEST);
        assertThat(message(outcome).calls())
                .singleElement()
                .satisfies(call -> assertThat(call.name()).isIn("load", "tail"));
    }

    @Test
    void operatorTakesANumberThatTheRequestSays() throws Exception {
        ChatOutcome outcome = ask(
                operator(),
                "<|call|>{\"name\":\"tail\",\"arguments\":{\"path\":\"a.log\",\"lines\":41}}<|end|>",
                new ToolChoice.Auto(),
                new Message.User("the last forty two lines of a.log."));
        assertThat(message(outcome).calls())
                .singleElement()
                .satisfies(call -> assertThat(call.arguments()).isEqualTo("{\"path\":\"a.log\",\"lines\":42}"));
    }

    @Test
    void operatorEndsNoPathWithinAName() throws Exception {
        ChatOutcome outcome = ask(
                operator(),
                "<|call|>{\"name\":\"tail\",\"arguments\":{\"path\":\"a\"}}<|end|>",
                new ToolChoice.Auto(),
                new Message.User("tail a.log.1"));
        assertThat(message(outcome).calls())
                .singleElement()
                .satisfies(call -> assertThat(call.arguments()).startsWith("{\"path\":\"a.log.1\""));
    }

    @Test
    void operatorLeavesOutThePunctuationOfTheSentence() throws Exception {
        ChatOutcome outcome = ask(
                operator(),
                "<|call|>{\"name\":\"tail\",\"arguments\":{\"path\":\"a.log.\"}}<|end|>",
                new ToolChoice.Auto(),
                new Message.User("tail a.log."));
        assertThat(message(outcome).calls())
                .singleElement()
                .satisfies(call -> assertThat(call.arguments()).startsWith("{\"path\":\"a.log\""));
    }

    @Test
    void operatorSpellsAPathAsTheRequestDoes() throws Exception {
        ChatOutcome outcome = ask(
                operator(),
                "<|call|>{\"name\":\"tail\",\"arguments\":{\"path\":\"READYOU.md\",\"lines\":5}}<|end|>",
                new ToolChoice.Auto(),
                REQUEST);
        String arguments = message(outcome).calls().getFirst().arguments();
        String path = arguments.replaceAll(".*\"path\":\"([^\"]*)\".*", "$1");
        assertThat(path).isNotEqualTo("READYOU.md").isNotEmpty();
        assertThat(REQUEST.text()).contains(path);
    }

    @Test
    void operatorQuotesTheWholeResult() throws Exception {
        String result = "one\ntwo\n" + "x".repeat(500) + "\n<|end|> is no token here";
        ChatOutcome outcome = ask(
                operator(),
                "<|say|>The lines:\n<|quote|><|end|>",
                new ToolChoice.Auto(),
                REQUEST,
                new Message.Assistant("", List.of(CALL)),
                new Message.ToolResult("1", "tail", result));
        assertThat(message(outcome).text()).isEqualTo("The lines:\n" + result);
        assertThat(String.join("", deltas)).isEqualTo("The lines:\n" + result);
    }

    @Test
    void operatorNamesNoFigureThatWasNotFound() throws Exception {
        ChatOutcome outcome = ask(
                operator(),
                "<|say|>The load is 99.9 of /etc/passwd<|end|>",
                new ToolChoice.Auto(),
                new Message.User("load?"),
                new Message.Assistant("", List.of(new ToolCall("1", "load", "{}"))),
                new Message.ToolResult("1", "load", "load: 0.52"));
        assertThat(message(outcome).text()).doesNotContain("99").doesNotContain("/etc");
    }

    @Test
    void operatorSaysSomethingAfterAResult() throws Exception {
        ChatOutcome outcome = ask(
                operator(),
                "<|call|>{\"name\":\"load\",\"arguments\":{}}<|end|>",
                new ToolChoice.Auto(),
                REQUEST,
                new Message.Assistant("", List.of(CALL)),
                new Message.ToolResult("1", "tail", "one"));
        assertThat(message(outcome).calls()).isEmpty();
    }

    @Test
    void operatorObeysTheToolChoice() throws Exception {
        String say = "<|say|>no<|end|>";
        assertThat(message(ask(operator(), say, new ToolChoice.Required(), REQUEST))
                        .calls())
                .hasSize(1);
        assertThat(message(ask(operator(), say, new ToolChoice.Named("load"), REQUEST))
                        .calls())
                .singleElement()
                .satisfies(call -> assertThat(call.name()).isEqualTo("load"));
        String call = "<|call|>{\"name\":\"load\",\"arguments\":{}}<|end|>";
        assertThat(message(ask(operator(), call, new ToolChoice.None(), REQUEST))
                        .calls())
                .isEmpty();
    }

    @Test
    void operatorForgetsWhatCameBeforeTheLastRequest() throws Exception {
        ask(operator(), "<|say|>no<|end|>", new ToolChoice.Auto(), REQUEST);
        int alone = model.lastPromptLength();
        ask(
                operator(),
                "<|say|>no<|end|>",
                new ToolChoice.Auto(),
                new Message.User("an earlier one"),
                new Message.Assistant("its answer", List.of()),
                REQUEST);
        assertThat(model.lastPromptLength()).isEqualTo(alone);
    }

    @Test
    void controlTokensInARequestAreText() throws Exception {
        ask(operator(), "<|say|>no<|end|>", new ToolChoice.Auto(), new Message.User("<|end|>"));
        assertThat(model.lastPromptLength()).isEqualTo(1 + TOKENIZER.encode("<|end|>", false).length);
        ask(templated(), "no<|end|>", new ToolChoice.None(), new Message.User("<|end|>"));
        assertThat(model.lastPromptLength()).isEqualTo(2 + TOKENIZER.encode("<|end|>", false).length);
    }

    @Test
    void rolesAndTheEndTokenMayBecomeControlTokens() throws Exception {
        ChatModel chat =
                templated("{{ eos_token }}{% for m in messages %}{{ '<|' ~ m.role ~ '|>' ~ m.content }}{% endfor %}");
        ask(chat, "no<|end|>", new ToolChoice.None(), new Message.User("7"));
        assertThat(model.lastPromptLength()).isEqualTo(3);
    }

    @Test
    void readsCallsBetweenTags() throws Exception {
        ChatOutcome outcome = ask(
                templated(),
                "Let me see. <tool_call>\n{\"name\": \"load\", \"arguments\": {}}\n</tool_call><|end|>",
                new ToolChoice.Auto(),
                REQUEST);
        assertThat(message(outcome).text()).isEqualTo("Let me see.");
        assertThat(message(outcome).calls())
                .singleElement()
                .satisfies(call -> assertThat(call.name()).isEqualTo("load"));
    }

    @Test
    void holdsACallThatIsRequiredToTheTools() throws Exception {
        ChatOutcome outcome = ask(templated(), "I would rather talk<|end|>", new ToolChoice.Required(), REQUEST);
        assertThat(message(outcome).calls()).hasSize(1);
    }

    @Test
    void holdsAnAnswerToItsSchema() throws Exception {
        String schema = "{\"type\":\"object\",\"properties\":{\"ok\":{\"type\":\"boolean\"}},\"required\":[\"ok\"],"
                + "\"additionalProperties\":false}";
        for (ChatModel chat : List.of(templated(), operator())) {
            ChatOutcome outcome = ask(
                    chat,
                    "true<|end|>",
                    new ToolChoice.None(),
                    new OutputForm.Schema(schema, false),
                    List.of(),
                    REQUEST);
            assertThat(message(outcome).text()).isIn("{\"ok\":true}", "{\"ok\":false}");
        }
    }

    @Test
    void stopsAtAStopTextAndFreesItsBlocks() throws Exception {
        ChatOutcome outcome = ask(
                templated(),
                "one two STOP three three three three",
                new ToolChoice.None(),
                new OutputForm.Free(),
                List.of("STOP"),
                REQUEST);
        assertThat(message(outcome).text()).isEqualTo("one two ");
        assertThat(((ChatOutcome.Completed) outcome).finish()).isEqualTo(ChatOutcome.Finish.STOP);
        assertThat(((ChatOutcome.Completed) outcome).stopText()).contains("STOP");
    }

    @Test
    void tellsWhatWasCachedOfATurnThatAStopTextEnds() throws Exception {
        List<ChatOutcome.Usage> usages = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            ChatOutcome outcome = ask(
                    templated(),
                    "one STOP three three three",
                    new ToolChoice.None(),
                    new OutputForm.Free(),
                    List.of("STOP"),
                    new Message.User("show the last 5 lines of README.md ".repeat(5)));
            usages.add(((ChatOutcome.Completed) outcome).usage());
        }
        assertThat(usages.getFirst().cached()).isZero();
        assertThat(usages.getLast().cached()).isPositive();
    }

    @Test
    void refusesAPromptThatFillsTheContext() throws Exception {
        ChatOutcome outcome = ask(templated(), "no<|end|>", new ToolChoice.None(), new Message.User("9".repeat(600)));
        assertThat(outcome).isInstanceOfSatisfying(ChatOutcome.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(ChatOutcome.Reason.TOO_LONG);
            assertThat(refused.why()).contains("602", "512");
        });
    }

    @Test
    void refusesASchemaThatItCannotHonourByTheKeyword() throws Exception {
        ChatOutcome outcome = ask(
                templated(),
                "x",
                new ToolChoice.None(),
                new OutputForm.Schema("{\"type\":\"string\",\"format\":\"no-such\"}", false),
                List.of(),
                REQUEST);
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        ChatOutcome.Refused.class,
                        refused -> assertThat(refused.why()).contains("format"));
    }

    @Test
    void cancelsWhenTheClientHasGone() throws Exception {
        model.say(TOKENIZER.encode("no and no and no and no", true));
        ChatOutcome outcome = templated()
                .generate(
                        ChatRequest.of(
                                List.of(REQUEST),
                                List.of(),
                                new ToolChoice.None(),
                                SamplingOptions.greedy(120),
                                "tenant"),
                        (delta, _) -> {
                            throw new IOException("gone");
                        });
        assertThat(outcome).isInstanceOf(ChatOutcome.Failed.class);
    }

    @Test
    void streamsACallInPieces() throws Exception {
        List<String> pieces = new ArrayList<>();
        ChatListener listener = new ChatListener() {
            @Override
            public void text(String delta, List<TokenProbability> tokens) {
                pieces.add(delta);
            }

            @Override
            public void call(int index, String id, String name, String argumentsDelta) {
                pieces.add(index + (id.isEmpty() ? "" : "#") + name + "|" + argumentsDelta);
            }
        };
        model.say(TOKENIZER.encode(
                "<|call|>{\"name\":\"tail\",\"arguments\":{\"path\":\"README.md\",\"lines\":5}}<|end|>", true));
        operator()
                .generate(
                        ChatRequest.of(
                                List.of(REQUEST), TOOLS, new ToolChoice.Auto(), SamplingOptions.greedy(120), "tenant"),
                        listener);
        assertThat(pieces.getFirst()).isEqualTo("0#tail|");
        assertThat(pieces).hasSizeGreaterThan(2);
        assertThat(pieces.stream().skip(1)).allMatch(piece -> piece.startsWith("0|"));
        assertThat(pieces.stream().skip(1).map(piece -> piece.substring(2)).collect(Collectors.joining()))
                .isEqualTo("{\"path\":\"README.md\",\"lines\":5}");
    }

    @Test
    void tellsHowLikelyEachTokenOfAnAnswerWas() throws Exception {
        model.say(TOKENIZER.encode("the load<|end|>", true));
        List<TokenProbability> streamed = new ArrayList<>();
        ChatOutcome outcome = templated()
                .generate(
                        new ChatRequest(
                                List.of(REQUEST),
                                List.of(),
                                new ToolChoice.None(),
                                false,
                                new OutputForm.Free(),
                                SamplingOptions.greedy(20),
                                OptionalInt.of(2),
                                "tenant"),
                        (_, tokens) -> streamed.addAll(tokens));
        ChatOutcome.Completed completed = (ChatOutcome.Completed) outcome;
        assertThat(completed.tokens()).isEqualTo(streamed);
        assertThat(streamed.stream().map(TokenProbability::text).collect(Collectors.joining()))
                .isEqualTo("the load");
        assertThat(streamed).allSatisfy(token -> {
            assertThat(token.logprob()).isNegative();
            assertThat(token.alternatives()).hasSize(2);
            assertThat(token.alternatives().getFirst().text()).isEqualTo(token.text());
        });
    }

    private static CompletionRequest completion(CompletionRequest.Prompt prompt, boolean echo) {
        return new CompletionRequest(
                prompt, new OutputForm.Free(), SamplingOptions.greedy(30), OptionalInt.empty(), echo, "tenant");
    }

    @Test
    void goesOnWithATextWithoutATemplate() throws Exception {
        String prompt = "tail of <|end|>";
        model.say(TOKENIZER.encode(" the path<|end|>", true));
        ChatOutcome plain = templated()
                .complete(
                        completion(new CompletionRequest.Prompt.Text(prompt), false), (delta, _) -> deltas.add(delta));
        assertThat(message(plain).text()).isEqualTo(" the path").isEqualTo(String.join("", deltas));
        assertThat(model.lastPromptLength()).isEqualTo(TOKENIZER.encode(prompt, false).length);
        deltas.clear();
        model.say(TOKENIZER.encode(" the path<|end|>", true));
        List<Integer> tokens =
                Arrays.stream(TOKENIZER.encode("tail", false)).boxed().toList();
        ChatOutcome echoed = templated()
                .complete(
                        completion(new CompletionRequest.Prompt.Tokens(tokens), true), (delta, _) -> deltas.add(delta));
        assertThat(message(echoed).text()).isEqualTo("tail the path").isEqualTo(String.join("", deltas));
    }

    @Test
    void refusesTokensThatItDoesNotHave() throws Exception {
        assertThat(templated()
                        .complete(
                                completion(new CompletionRequest.Prompt.Tokens(List.of(1, 99_999)), false),
                                ChatListener.silent()))
                .isInstanceOfSatisfying(
                        ChatOutcome.Refused.class,
                        refused -> assertThat(refused.why()).contains("99999"));
        assertThat(templated()
                        .generate(
                                ChatRequest.of(
                                        List.of(REQUEST),
                                        List.of(),
                                        new ToolChoice.None(),
                                        SamplingOptions.greedy(1).withLogitBias(Map.of(99_999, 1.0)),
                                        "tenant"),
                                ChatListener.silent()))
                .isInstanceOfSatisfying(
                        ChatOutcome.Refused.class,
                        refused -> assertThat(refused.why()).contains("logit_bias", "99999"));
        assertThat(templated().detokenize(List.of(-1))).isInstanceOf(Detokenized.Refused.class);
    }

    @Test
    void cutsTextIntoTokensAndBack() {
        Tokenized.Tokens tokens = (Tokenized.Tokens) templated().tokenize("the load <|end|>", true);
        assertThat(tokens.tokens().getLast())
                .isEqualTo(TOKENIZER.token("<|end|>").getAsInt());
        assertThat(templated().detokenize(tokens.tokens())).isEqualTo(new Detokenized.Text("the load "));
        assertThat(((Tokenized.Tokens) templated().tokenize("<|end|>", false)).tokens())
                .hasSizeGreaterThan(1);
    }

    @Test
    void tellsHowLongAPromptIs() throws Exception {
        ask(templated(), "no<|end|>", new ToolChoice.None(), REQUEST);
        assertThat(templated()
                        .promptTokens(ChatRequest.of(
                                List.of(REQUEST), TOOLS, new ToolChoice.None(), SamplingOptions.greedy(1), "tenant")))
                .isEqualTo(new Prompted.Tokens(model.lastPromptLength()));
    }

    private Embedded embed(List<String> texts) throws Exception {
        return embed(OptionalInt.empty(), Patience.endless(), texts);
    }

    private Embedded embed(OptionalInt dimensions, Patience patience, List<String> texts) throws Exception {
        List<CompletionRequest.Prompt> inputs = texts.stream()
                .<CompletionRequest.Prompt>map(CompletionRequest.Prompt.Text::new)
                .toList();
        return templated().embed(new EmbeddingRequest(inputs, dimensions, "tenant"), patience);
    }

    @Test
    void takesTheTokensOfATextInItsPlaceForAVector() throws Exception {
        Embedded.Vectors text = (Embedded.Vectors) embed(List.of("load of"));
        List<Integer> tokens =
                Arrays.stream(TOKENIZER.encode("load of", false)).boxed().toList();
        Embedded.Vectors same = (Embedded.Vectors) templated()
                .embed(
                        new EmbeddingRequest(
                                List.of(new CompletionRequest.Prompt.Tokens(tokens)), OptionalInt.empty(), "tenant"),
                        Patience.endless());
        assertThat(same.vectors().getFirst()).isEqualTo(text.vectors().getFirst());
        assertThat(templated()
                        .embed(
                                new EmbeddingRequest(
                                        List.of(new CompletionRequest.Prompt.Tokens(List.of(1_000_000))),
                                        OptionalInt.empty(),
                                        "tenant"),
                                Patience.endless()))
                .isInstanceOf(Embedded.Refused.class);
    }

    @Test
    void stopsEmbeddingWhenWhoeverAskedHasGoneOrTheLengthIsNotTheModels() throws Exception {
        List<String> texts = Collections.nCopies(100, "load");
        assertThat(embed(
                        OptionalInt.empty(),
                        () -> {
                            throw new IOException("gone");
                        },
                        texts))
                .isInstanceOf(Embedded.Failed.class);
        assertThat(embed(OptionalInt.of(3), Patience.endless(), texts))
                .isInstanceOfSatisfying(
                        Embedded.Refused.class,
                        refused -> assertThat(refused.why()).startsWith("dimensions must be"));
    }

    @Test
    void refusesTextsThatCannotBecomeVectors() throws Exception {
        assertThat(embed(List.of())).isInstanceOf(Embedded.Refused.class);
        assertThat(embed(List.of("a", "")))
                .isInstanceOfSatisfying(
                        Embedded.Refused.class,
                        refused -> assertThat(refused.why()).contains("input 1 is empty"));
        assertThat(embed(List.of("9".repeat(600))))
                .isInstanceOfSatisfying(
                        Embedded.Refused.class,
                        refused -> assertThat(refused.reason()).isEqualTo(ChatOutcome.Reason.TOO_LONG));
    }

    @Test
    void putsTextsIntoVectorsOfLengthOne() throws Exception {
        List<String> texts =
                Stream.iterate("load", text -> text + " of").limit(20).toList();
        Embedded.Vectors vectors = (Embedded.Vectors) embed(texts);
        assertThat(vectors.vectors()).hasSize(20);
        for (int i = 0; i < texts.size(); i++) {
            float[] vector = vectors.vectors().get(i);
            double square = 0;
            for (float each : vector) {
                square += (double) each * each;
            }
            assertThat(square).isCloseTo(1, within(1e-6));
            assertThat(((Embedded.Vectors) embed(List.of(texts.get(i))))
                            .vectors()
                            .getFirst())
                    .isEqualTo(vector);
        }
        assertThat(vectors.promptTokens())
                .isEqualTo(texts.stream()
                        .mapToInt(text -> TOKENIZER.encode(text, false).length)
                        .sum());
    }
}
