package telos.server.api.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import telos.inference.chat.ChatOutcome;
import telos.inference.chat.ChatRequest;
import telos.inference.chat.OutputForm;
import telos.inference.chat.ToolChoice;
import telos.kernel.Message;
import telos.kernel.ToolCall;
import telos.server.FakeModel;
import telos.server.OpenDoors;
import tools.jackson.databind.JsonNode;

@Timeout(30)
class ChatCompletionsTest {
    private static final String PATH = "/v1/chat/completions";
    private static final FakeModel MODEL = new FakeModel();
    private static final String TOOLS = """
            "tools":[{"type":"function","function":{"name":"load","description":"d","parameters":{"type":"object"}}},
                     {"type":"function","function":{"name":"save"}}]""";

    private static OpenDoors doors;

    @BeforeAll
    static void open() throws Exception {
        doors = new OpenDoors(MODEL);
    }

    @AfterAll
    static void close() throws Exception {
        doors.close();
    }

    @BeforeEach
    void forget() {
        MODEL.chats.clear();
    }

    private static String asking(String more) {
        return "{\"model\":\"fake\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]" + (more.isEmpty() ? "" : ",")
                + more + "}";
    }

    private static ChatRequest read(String more) throws Exception {
        MODEL.then(FakeModel.says("ok"));
        assertThat(doors.post(PATH, asking(more)).status()).isEqualTo(200);
        return MODEL.chats.remove();
    }

    @Test
    void readsWhatClientsSend() throws Exception {
        ChatRequest request = read("""
                "max_tokens":5,"temperature":0,"top_p":0.5,"seed":9,"stop":["a","b"],"frequency_penalty":1,
                "presence_penalty":-1,"logit_bias":{"7":-100,"8":2.5},"user":"u","metadata":{"a":"b"},
                "reasoning_effort":"low","store":false,"service_tier":"auto","parallel_tool_calls":false""");
        assertThat(request.sampling().maxTokens()).isEqualTo(5);
        assertThat(request.sampling().seed()).isEqualTo(9);
        assertThat(request.sampling().stop()).containsExactly("a", "b");
        assertThat(request.sampling().logitBias()).isEqualTo(Map.of(7, -100.0, 8, 2.5));
        assertThat(request.parallelCalls()).isFalse();
        assertThat(read("\"max_completion_tokens\":6,\"max_tokens\":5")
                        .sampling()
                        .maxTokens())
                .isEqualTo(6);
    }

    @Test
    void readsAWholeConversationWithTools() throws Exception {
        MODEL.then(FakeModel.says("ok"));
        doors.post(PATH, """
                {"messages":[{"role":"developer","content":"d"},{"role":"user","content":[{"type":"text","text":"u"}]},
                 {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function",
                   "function":{"name":"load","arguments":"{\\"a\\":1}"}}]},
                 {"role":"tool","tool_call_id":"c1","content":"42"}],%s}""".formatted(TOOLS));
        assertThat(MODEL.chats.remove().messages())
                .containsExactly(
                        new Message.System("d"),
                        new Message.User("u"),
                        new Message.Assistant("", List.of(new ToolCall("c1", "load", "{\"a\":1}"))),
                        new Message.ToolResult("c1", "load", "42"));
    }

    @Test
    void readsWhichToolsMayOrMustBeCalled() throws Exception {
        assertThat(read(TOOLS).toolChoice()).isEqualTo(new ToolChoice.Auto());
        assertThat(read("\"tool_choice\":\"auto\"").toolChoice()).isEqualTo(new ToolChoice.None());
        assertThat(read(TOOLS + ",\"tool_choice\":\"none\"").toolChoice()).isEqualTo(new ToolChoice.None());
        assertThat(read(TOOLS + ",\"tool_choice\":\"required\"").toolChoice()).isEqualTo(new ToolChoice.Required());
        assertThat(read(TOOLS + ",\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"save\"}}")
                        .toolChoice())
                .isEqualTo(new ToolChoice.Named("save"));
        ChatRequest allowed = read(TOOLS + """
                ,"tool_choice":{"type":"allowed_tools","allowed_tools":{"mode":"required",
                 "tools":[{"type":"function","function":{"name":"load"}}]}}""");
        assertThat(allowed.tools()).hasSize(1);
        assertThat(allowed.toolChoice()).isEqualTo(new ToolChoice.Required());
    }

    @Test
    void readsTheFormOfTheAnswerInEverySpelling() throws Exception {
        String schema = "{\"type\":\"object\"}";
        assertThat(read("\"response_format\":{\"type\":\"text\"}").form()).isEqualTo(new OutputForm.Free());
        assertThat(read("\"response_format\":{\"type\":\"json_object\"}").form())
                .isEqualTo(new OutputForm.AnyJson());
        assertThat(read("\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\",\"strict\":true,"
                                + "\"schema\":" + schema + "}}")
                        .form())
                .isEqualTo(new OutputForm.Schema(schema, false));
        assertThat(read("\"structured_outputs\":{\"json\":" + schema + ",\"property_order\":\"free\"}")
                        .form())
                .isEqualTo(new OutputForm.Schema(schema, true));
        assertThat(read("\"guided_regex\":\"[a-z]+\"").form()).isEqualTo(new OutputForm.Pattern("[a-z]+"));
        assertThat(read("\"guided_grammar\":\"root ::= \\\"a\\\"\"").form())
                .isEqualTo(new OutputForm.Grammar("root ::= \"a\""));
        assertThat(read("\"guided_choice\":[\"a.b\",\"c\"]").form()).isEqualTo(new OutputForm.Pattern("(a\\.b|c)"));
    }

    @Test
    void answersWithEveryMemberThatClientsCountOn() throws Exception {
        MODEL.then(FakeModel.says("Hi there"));
        OpenDoors.Answer answer = doors.post(PATH, asking(""));
        assertThat(answer.json().at("/choices/0/logprobs").isNull()).isTrue();
        assertThat(answer.json().at("/choices/0/message/refusal").isNull()).isTrue();
        assertThat(answer.at("/choices/0/message/content")).isEqualTo("Hi there");
        assertThat(answer.at("/object")).isEqualTo("chat.completion");
        assertThat(answer.json().at("/created").isIntegralNumber()).isTrue();
        assertThat(answer.at("/usage/total_tokens")).isEqualTo("9");
        assertThat(answer.at("/usage/prompt_tokens_details/cached_tokens")).isEqualTo("3");
    }

    @Test
    void makesSeveralChoicesFromSeedsOneApart() throws Exception {
        MODEL.then(FakeModel.says("one")).then(FakeModel.says("one")).then(FakeModel.says("one"));
        OpenDoors.Answer answer = doors.post(PATH, asking("\"n\":3,\"seed\":5"));
        assertThat(answer.json().path("choices")).hasSize(3);
        assertThat(answer.at("/choices/2/index")).isEqualTo("2");
        assertThat(answer.at("/usage/prompt_tokens")).isEqualTo("7");
        assertThat(answer.at("/usage/completion_tokens")).isEqualTo("3");
        assertThat(MODEL.chats).extracting(request -> request.sampling().seed()).containsExactlyInAnyOrder(5L, 6L, 7L);
        MODEL.then(FakeModel.says("a b")).then(FakeModel.says("a b"));
        assertThat(doors.post(PATH, asking("\"n\":2,\"stream\":true")).events())
                .extracting(chunk -> chunk.at("/choices/0/index").asInt() + ":"
                        + chunk.at("/choices/0/finish_reason").asString("…"))
                .contains("0:…", "1:…", "0:stop", "1:stop");
    }

    @Test
    void tellsHowLikelyTokensWere() throws Exception {
        MODEL.then(FakeModel.says("a b"));
        JsonNode first = doors.post(PATH, asking("\"logprobs\":true,\"top_logprobs\":2"))
                .json()
                .at("/choices/0/logprobs/content/0");
        assertThat(MODEL.chats.remove().logprobs()).isEqualTo(OptionalInt.of(2));
        assertThat(first.path("token").asString()).isEqualTo("a ");
        assertThat(first.path("logprob").asDouble()).isEqualTo(-0.5);
        assertThat(first.path("bytes").toString()).isEqualTo("[97,32]");
        assertThat(first.at("/top_logprobs/0/token").asString()).isEqualTo("a ");
        MODEL.then(FakeModel.says("a b"));
        assertThat(doors.post(PATH, asking("\"logprobs\":true,\"stream\":true")).events())
                .extracting(
                        chunk -> chunk.at("/choices/0/logprobs/content/0/token").asString(""))
                .contains("a ", "b");
    }

    @Test
    void streamsTextWithTheRoleFirstAndTheUsageLast() throws Exception {
        MODEL.then(FakeModel.says("Hi there"));
        OpenDoors.Answer answer =
                doors.post(PATH, asking("\"stream\":true,\"stream_options\":{\"include_usage\":true}"));
        assertThat(answer.header("content-type")).isEqualTo("text/event-stream");
        assertThat(answer.data())
                .satisfiesExactly(
                        role -> assertThat(role).contains("\"role\":\"assistant\"", "\"usage\":null"),
                        first -> assertThat(first).contains("\"content\":\"Hi \""),
                        second -> assertThat(second).contains("\"content\":\"there\""),
                        finish -> assertThat(finish).contains("\"delta\":{}", "\"finish_reason\":\"stop\""),
                        usage -> assertThat(usage).contains("\"choices\":[]", "\"total_tokens\":9"),
                        done -> assertThat(done).isEqualTo("[DONE]"));
        MODEL.then(FakeModel.says("x"));
        assertThat(doors.post(PATH, asking("\"stream\":true")).body()).doesNotContain("usage");
    }

    @Test
    void streamsCallsWithTheNameInTheFirstPieceAlone() throws Exception {
        ToolCall load = new ToolCall("c1", "load", "{\"a\":12}");
        ToolCall save = new ToolCall("c2", "save", "{}");
        MODEL.then(FakeModel.calls(load, save));
        OpenDoors.Answer answer = doors.post(PATH, asking(TOOLS + ",\"stream\":true"));
        assertThat(answer.events())
                .allSatisfy(chunk -> chunk.at("/choices/0/delta/tool_calls")
                        .forEach(call -> assertThat(call.has("index")).isTrue()));
        assertThat(String.join("", pieces(answer, 0))).isEqualTo("{\"a\":12}");
        assertThat(String.join("", pieces(answer, 1))).isEqualTo("{}");
        assertThat(answer.body().split("\"name\":\"load\"", -1)).hasSize(2);
        assertThat(answer.body().split("\"id\":\"c2\"", -1)).hasSize(2);
        assertThat(answer.body()).contains("\"finish_reason\":\"tool_calls\"");
    }

    private static List<String> pieces(OpenDoors.Answer answer, int index) {
        return answer.events().stream()
                .map(chunk -> chunk.at("/choices/0/delta/tool_calls/0"))
                .filter(call -> call.path("index").asInt(-1) == index)
                .map(call -> call.at("/function/arguments").asString())
                .toList();
    }

    @Test
    void tellsCallsThatTheModelDidNotStream() throws Exception {
        ChatOutcome.Completed completed = new ChatOutcome.Completed(
                new Message.Assistant("", List.of(new ToolCall("c1", "load", "{\"a\":1}"))),
                ChatOutcome.Finish.TOOL_CALLS,
                new ChatOutcome.Usage(1, 0, 1));
        MODEL.then(FakeModel.ends(completed)).then(FakeModel.ends(completed));
        assertThat(String.join("", pieces(doors.post(PATH, asking(TOOLS + ",\"stream\":true")), 0)))
                .isEqualTo("{\"a\":1}");
        OpenDoors.Answer whole = doors.post(PATH, asking(TOOLS));
        assertThat(whole.json().at("/choices/0/message/content").isNull()).isTrue();
        assertThat(whole.at("/choices/0/message/tool_calls/0/function/arguments"))
                .isEqualTo("{\"a\":1}");
        assertThat(whole.at("/choices/0/finish_reason")).isEqualTo("tool_calls");
    }

    @Test
    void keepsAStreamAliveWhileNothingComes() throws Exception {
        MODEL.then((logprobs, listener) -> {
            listener.waiting();
            return FakeModel.says("x").take(logprobs, listener);
        });
        assertThat(doors.post(PATH, asking("\"stream\":true")).body()).startsWith(": keepalive\n\ndata: {");
    }

    @Test
    void tellsOfAFaultWhereverItComes() throws Exception {
        MODEL.then(FakeModel.ends(new ChatOutcome.Failed("it broke")));
        OpenDoors.Answer whole = doors.post(PATH, asking("\"stream\":true"));
        assertThat(whole.status()).isEqualTo(500);
        assertThat(whole.at("/error/message")).isEqualTo("it broke");
        MODEL.then((_, listener) -> {
            listener.text("a", List.of());
            return new ChatOutcome.Failed("it broke");
        });
        assertThat(doors.post(PATH, asking("\"stream\":true")).data())
                .contains("[DONE]")
                .anySatisfy(data -> assertThat(data).contains("\"error\":{\"message\":\"it broke\""));
    }

    @ParameterizedTest(name = "{1} {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "BUSY | 503 | overloaded",
                "TOO_LONG | 400 | context_length_exceeded",
                "UNSUPPORTED | 400 | unsupported_value",
            })
    void givesRefusalsTheirStatus(ChatOutcome.Reason reason, int status, String code) throws Exception {
        MODEL.then(FakeModel.ends(new ChatOutcome.Refused(reason, "why")));
        OpenDoors.Answer answer = doors.post(PATH, asking("\"stream\":true"));
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.at("/error/code")).isEqualTo(code);
        assertThat(answer.header("retry-after").isEmpty()).isEqualTo(status != 503);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"max_tokens\":0 | max_tokens",
                "\"max_tokens\":-1 | max_tokens",
                "\"max_completion_tokens\":1000000000 | max_completion_tokens",
                "\"temperature\":3 | temperature",
                "\"temperature\":\"hot\" | temperature",
                "\"n\":0 | n",
                "\"n\":99 | n",
                "\"top_logprobs\":2 | top_logprobs",
                "\"logprobs\":true,\"top_logprobs\":21 | top_logprobs",
                "\"logit_bias\":{\"x\":1} | logit_bias",
                "\"logit_bias\":{\"1\":101} | logit_bias",
                "\"stop\":[1] | stop",
                "\"stop\":{} | stop",
                "\"tools\":{} | tools",
                "\"tools\":[{\"type\":\"web_search\"}] | tools[0].type",
                "\"tools\":[{\"type\":\"function\",\"function\":{}}] | tools[0].function.name",
                "\"tool_choice\":\"required\" | tool_choice",
                "\"tool_choice\":\"maybe\" | tool_choice",
                "\"response_format\":{\"type\":\"xml\"} | response_format.type",
                "\"response_format\":{\"type\":\"json_schema\"} | response_format.json_schema",
                "\"guided_regex\":\"a\",\"guided_grammar\":\"b\" | response_format",
                "\"functions\":[] | functions",
                "\"modalities\":[\"audio\"] | modalities",
            })
    void namesTheMemberThatItRefuses(String more, String param) throws Exception {
        OpenDoors.Answer answer = doors.post(PATH, asking(more));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.at("/error/param")).isEqualTo(param);
        assertThat(answer.at("/error/type")).isEqualTo("invalid_request_error");
        assertThat(MODEL.chats).isEmpty();
    }
}
