package telos.inference.chat;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
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

class TemplateTurnsTest {
    private static final String TURNS = "{% for m in messages %}{{ m.content }}{% endfor %}{# ";
    private static final String HERMES = TURNS + "<tool_call> #}";
    private static final String MISTRAL = TURNS + "[TOOL_CALLS][ #}";
    private static final String LLAMA = TURNS + "<|python_tag|> #}";
    private static final List<ToolSpec> TOOLS = List.of(
            new ToolSpec("load", "", "{\"type\":\"object\",\"properties\":{},\"additionalProperties\":false}"),
            new ToolSpec(
                    "tail",
                    "",
                    "{\"type\":\"object\",\"properties\":{\"lines\":{\"type\":\"integer\",\"minimum\":1,\"maximum\":9}},"
                            + "\"required\":[\"lines\"],\"additionalProperties\":false}"));
    private static final String SCHEMA = "{\"type\":\"object\",\"properties\":{\"ok\":{\"type\":\"boolean\"}},"
            + "\"required\":[\"ok\"],\"additionalProperties\":false}";

    private Tokenizer tokenizer = tokenizer(List.of("<|end|>", "[TOOL_CALLS]", "<|python_tag|>"));
    private final List<Engine> engines = new ArrayList<>();
    private final List<String> pieces = new ArrayList<>();

    private static Tokenizer tokenizer(List<String> control) {
        BpeTrainer trainer =
                new BpeTrainer(new BpeTrainer.Options(310, control, List.of(), "<|end|>", Boundary.LETTERS));
        trainer.add("{\"name\": \"load\", \"arguments\": {}} tail lines tool_call");
        return Tokenizer.of(trainer.train());
    }

    @AfterEach
    void close() {
        engines.forEach(Engine::close);
    }

    private ChatOutcome.Completed ask(
            String template, String wish, ToolChoice choice, boolean parallel, OutputForm form, int maxTokens)
            throws InterruptedException {
        ScriptedPass model = new ScriptedPass(tokenizer);
        Engine engine = new Engine(
                "scripted",
                model,
                new Scheduler(new BlockPool(64), new Limits(64, 8, 512, 10), Line.firstComeFirstServed()));
        engines.add(engine);
        CallForms forms = new CallForms(TokenTrie.of(tokenizer));
        TemplateTurns turns = new TemplateTurns(tokenizer, CallStyle.of(template, tokenizer), forms);
        Dialect dialect = new TemplateDialect(tokenizer, ChatTemplate.parse(template), turns, Clock.systemUTC());
        model.say(tokenizer.encode(wish, true));
        ChatListener listener = new ChatListener() {
            @Override
            public void text(String delta, List<TokenProbability> tokens) {
                pieces.add(delta);
            }

            @Override
            public void call(int index, String id, String name, String argumentsDelta) {
                pieces.add("call " + index);
            }
        };
        ChatOutcome outcome = new ChatModel(engine, dialect, tokenizer, forms, 512)
                .generate(
                        new ChatRequest(
                                List.of(new Message.User("x")),
                                TOOLS,
                                choice,
                                parallel,
                                form,
                                SamplingOptions.greedy(maxTokens),
                                OptionalInt.empty(),
                                "tenant"),
                        listener);
        engine.settle();
        assertThat(engine.report().blocks().used()).isZero();
        assertThat(outcome).isInstanceOf(ChatOutcome.Completed.class);
        return (ChatOutcome.Completed) outcome;
    }

    private ChatOutcome.Completed ask(String template, String wish, ToolChoice choice, boolean parallel)
            throws InterruptedException {
        return ask(template, wish, choice, parallel, new OutputForm.Free(), 200);
    }

    private static List<String> calls(ChatOutcome.Completed completed) {
        return completed.message().calls().stream()
                .map(call -> call.name() + call.arguments().replaceAll("\\s", ""))
                .toList();
    }

    private static final String HERMES_CALLS = "<tool_call>\n{\"name\": \"load\", \"arguments\": {}}\n</tool_call>\n"
            + "<tool_call>\n{\"name\": \"tail\", \"arguments\": {\"lines\":5}}\n</tool_call><|end|>";
    private static final String MISTRAL_CALLS = "[TOOL_CALLS][{\"name\": \"load\", \"arguments\": {}}, "
            + "{\"name\": \"tail\", \"arguments\": {\"lines\":5}}]<|end|>";

    @Test
    void hermesCallsAfterSomeWords() throws Exception {
        ChatOutcome.Completed completed = ask(HERMES, "Let me <see>. " + HERMES_CALLS, new ToolChoice.Auto(), true);
        assertThat(completed.message().text()).isEqualTo("Let me <see>.");
        assertThat(calls(completed)).containsExactly("load{}", "tail{\"lines\":5}");
        assertThat(completed.finish()).isEqualTo(ChatOutcome.Finish.TOOL_CALLS);
        assertThat(pieces).contains("call 0", "call 1");
        assertThat(completed.message().calls()).extracting(ToolCall::id).doesNotHaveDuplicates();
    }

    @Test
    void hermesTagsMayBeControlTokens() throws Exception {
        tokenizer = tokenizer(List.of("<|end|>", "<tool_call>", "</tool_call>"));
        String wish = HERMES_CALLS.replace("</tool_call>\n<tool_call>", "</tool_call><tool_call>");
        assertThat(calls(ask(HERMES, "So: " + wish, new ToolChoice.Auto(), true)))
                .containsExactly("load{}", "tail{\"lines\":5}");
        assertThat(calls(ask(HERMES, wish, new ToolChoice.Required(), true)))
                .containsExactly("load{}", "tail{\"lines\":5}");
    }

    @Test
    void oneCallEndsTheTurnWhereCallsAreNotToBeParallel() throws Exception {
        assertThat(calls(ask(HERMES, HERMES_CALLS, new ToolChoice.Auto(), false)))
                .containsExactly("load{}");
        assertThat(calls(ask(MISTRAL, MISTRAL_CALLS, new ToolChoice.Required(), false)))
                .containsExactly("load{}");
    }

    @Test
    void mistralWritesAListOfCalls() throws Exception {
        for (ToolChoice choice : List.of(new ToolChoice.Auto(), new ToolChoice.Required())) {
            ChatOutcome.Completed completed = ask(MISTRAL, MISTRAL_CALLS, choice, true);
            assertThat(calls(completed)).containsExactly("load{}", "tail{\"lines\":5}");
            assertThat(completed.message().calls())
                    .allSatisfy(call -> assertThat(call.id()).hasSize(9));
        }
    }

    @Test
    void llamaWritesOneObjectThatMayBeAnnounced() throws Exception {
        String call = "{\"name\": \"tail\", \"parameters\": {\"lines\":5}}<|end|>";
        for (String wish : List.of(call, "<|python_tag|>" + call)) {
            assertThat(calls(ask(LLAMA, wish, new ToolChoice.Auto(), true))).containsExactly("tail{\"lines\":5}");
        }
        assertThat(ask(LLAMA, "Hello {\"a\": 1}<|end|>", new ToolChoice.Auto(), true)
                        .message()
                        .text())
                .isEqualTo("Hello {\"a\": 1}");
    }

    @Test
    void aChoiceThatIsRequiredOrNamedIsObeyed() throws Exception {
        for (String template : List.of(HERMES, MISTRAL, LLAMA)) {
            assertThat(calls(ask(template, "I would rather talk<|end|>", new ToolChoice.Required(), true)))
                    .isNotEmpty();
            assertThat(calls(ask(template, "I would rather talk<|end|>", new ToolChoice.Named("load"), false)))
                    .containsExactly("load{}");
            assertThat(calls(ask(template, MISTRAL_CALLS, new ToolChoice.None(), true)))
                    .isEmpty();
        }
    }

    @Test
    void choosesBetweenCallsAndAFormOfOutput() throws Exception {
        OutputForm form = new OutputForm.Schema(SCHEMA, false);
        for (String template : List.of(HERMES, MISTRAL, LLAMA)) {
            assertThat(ask(template, "{\"ok\":true}<|end|>", new ToolChoice.Auto(), true, form, 200)
                            .message()
                            .text())
                    .isEqualTo("{\"ok\":true}");
        }
        assertThat(calls(ask(HERMES, HERMES_CALLS, new ToolChoice.Auto(), true, form, 200)))
                .hasSize(2);
        assertThat(calls(ask(MISTRAL, MISTRAL_CALLS, new ToolChoice.Auto(), true, form, 200)))
                .hasSize(2);
        String call = "<|python_tag|>{\"name\": \"load\", \"parameters\": {}}<|end|>";
        assertThat(calls(ask(LLAMA, call, new ToolChoice.Auto(), true, form, 200)))
                .containsExactly("load{}");
    }

    @Test
    void callsAreWholeWithinEveryBudgetThatAllowsOne() throws Exception {
        for (String template : List.of(HERMES, MISTRAL, LLAMA)) {
            int tokens = 1;
            while (ask(template, MISTRAL_CALLS, new ToolChoice.Required(), true, new OutputForm.Free(), tokens)
                    .message()
                    .calls()
                    .isEmpty()) {
                tokens++;
            }
            for (int more = tokens; more < tokens + 40; more++) {
                ChatOutcome.Completed completed =
                        ask(template, MISTRAL_CALLS, new ToolChoice.Required(), true, new OutputForm.Free(), more);
                assertThat(completed.finish()).isEqualTo(ChatOutcome.Finish.TOOL_CALLS);
            }
        }
    }
}
