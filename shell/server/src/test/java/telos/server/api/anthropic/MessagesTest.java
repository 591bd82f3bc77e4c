package telos.server.api.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
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

@Timeout(30)
class MessagesTest {
    private static final String PATH = "/v1/messages";
    private static final String TOOLS =
            "\"tools\":[{\"name\":\"load\",\"input_schema\":{\"type\":\"object\"}},{\"name\":\"save\"}]";
    private static final FakeModel MODEL = new FakeModel();

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
        return "{\"model\":\"fake\",\"max_tokens\":9,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]"
                + (more.isEmpty() ? "" : ",") + more + "}";
    }

    private static ChatRequest read(String more) throws Exception {
        MODEL.then(FakeModel.says("ok"));
        assertThat(doors.post(PATH, asking(more)).status()).isEqualTo(200);
        return MODEL.chats.remove();
    }

    @Test
    void readsAConversationOfBlocks() throws Exception {
        MODEL.then(FakeModel.says("ok"));
        OpenDoors.Answer answer = doors.post(PATH, """
                {"model":"fake","max_tokens":5,"system":[{"type":"text","text":"s","cache_control":{"type":"ephemeral"}}],
                 "messages":[{"role":"user","content":[{"type":"text","text":"u"}]},
                  {"role":"assistant","content":[{"type":"thinking","thinking":"…","signature":""},
                    {"type":"text","text":"t"},{"type":"tool_use","id":"c1","name":"load","input":{"a":1}}]},
                  {"role":"user","content":[{"type":"tool_result","tool_use_id":"c1",
                    "content":[{"type":"text","text":"42"}]},{"type":"text","text":"go on"}]}],%s}""".formatted(TOOLS));
        assertThat(answer.status()).isEqualTo(200);
        ChatRequest request = MODEL.chats.remove();
        assertThat(request.messages())
                .containsExactly(
                        new Message.System("s"),
                        new Message.User("u"),
                        new Message.Assistant("t", List.of(new ToolCall("c1", "load", "{\"a\":1}"))),
                        new Message.ToolResult("c1", "load", "42"),
                        new Message.User("go on"));
        assertThat(request.sampling().maxTokens()).isEqualTo(5);
    }

    @Test
    void readsWhichToolsMayOrMustBeCalled() throws Exception {
        assertThat(read(TOOLS).toolChoice()).isEqualTo(new ToolChoice.Auto());
        assertThat(read(TOOLS + ",\"tool_choice\":{\"type\":\"any\"}").toolChoice())
                .isEqualTo(new ToolChoice.Required());
        assertThat(read(TOOLS + ",\"tool_choice\":{\"type\":\"none\"}").toolChoice())
                .isEqualTo(new ToolChoice.None());
        ChatRequest named = read(
                TOOLS + ",\"tool_choice\":{\"type\":\"tool\",\"name\":\"save\",\"disable_parallel_tool_use\":true}");
        assertThat(named.toolChoice()).isEqualTo(new ToolChoice.Named("save"));
        assertThat(named.parallelCalls()).isFalse();
        assertThat(read("\"output_config\":{\"format\":{\"type\":\"json_schema\",\"schema\":{\"type\":\"null\"}}}")
                        .form())
                .isEqualTo(new OutputForm.Schema("{\"type\":\"null\"}", false));
        assertThat(read("\"stop_sequences\":[\"x\"]").sampling().stop()).containsExactly("x");
    }

    @Test
    void answersInBlocks() throws Exception {
        MODEL.then(FakeModel.says("Hi there"));
        OpenDoors.Answer text = doors.post(PATH, asking(""));
        assertThat(text.at("/content/0/text")).isEqualTo("Hi there");
        assertThat(text.at("/stop_reason")).isEqualTo("end_turn");
        assertThat(text.at("/usage/input_tokens")).isEqualTo("4");
        assertThat(text.at("/usage/cache_read_input_tokens")).isEqualTo("3");
        MODEL.then(FakeModel.calls(new ToolCall("c1", "load", "{\"a\":1}")));
        OpenDoors.Answer call = doors.post(PATH, asking(TOOLS));
        assertThat(call.json().at("/content/0").toString())
                .isEqualTo("{\"type\":\"tool_use\",\"id\":\"c1\",\"name\":\"load\",\"input\":{\"a\":1}}");
        assertThat(call.at("/stop_reason")).isEqualTo("tool_use");
        MODEL.then(FakeModel.says("Hi", ChatOutcome.Finish.STOP, Optional.of("x")));
        OpenDoors.Answer stopped = doors.post(PATH, asking("\"stop_sequences\":[\"x\"]"));
        assertThat(stopped.at("/stop_reason")).isEqualTo("stop_sequence");
        assertThat(stopped.at("/stop_sequence")).isEqualTo("x");
        MODEL.then(FakeModel.says("Hi", ChatOutcome.Finish.LENGTH, Optional.empty()));
        assertThat(doors.post(PATH, asking("")).at("/stop_reason")).isEqualTo("max_tokens");
    }

    @Test
    void streamsTextAndCallsAsBlocksOneAfterTheOther() throws Exception {
        ToolCall load = new ToolCall("c1", "load", "{\"a\":12}");
        MODEL.then((logprobs, listener) -> {
            listener.text("Let me ", List.of());
            listener.text("see", List.of());
            return FakeModel.calls(load, new ToolCall("c2", "save", "{}")).take(logprobs, listener);
        });
        OpenDoors.Answer answer = doors.post(PATH, asking("\"stream\":true," + TOOLS));
        assertThat(answer.body().lines().filter(line -> line.startsWith("event: ")))
                .containsExactly(
                        "event: message_start",
                        "event: content_block_start",
                        "event: ping",
                        "event: content_block_delta",
                        "event: content_block_delta",
                        "event: content_block_stop",
                        "event: content_block_start",
                        "event: content_block_delta",
                        "event: content_block_delta",
                        "event: content_block_delta",
                        "event: content_block_stop",
                        "event: content_block_start",
                        "event: content_block_delta",
                        "event: content_block_stop",
                        "event: message_delta",
                        "event: message_stop");
        assertThat(answer.events().getFirst().at("/message/usage/input_tokens").asInt())
                .isEqualTo(2);
        StringBuilder arguments = new StringBuilder();
        answer.events().stream()
                .filter(event -> event.path("index").asInt(-1) == 1)
                .forEach(event ->
                        arguments.append(event.at("/delta/partial_json").asString("")));
        assertThat(arguments).hasToString("{\"a\":12}");
        assertThat(answer.data().get(answer.data().size() - 2))
                .contains("\"stop_reason\":\"tool_use\"", "\"output_tokens\":5");
    }

    @Test
    void countsTokensWithoutGenerating() throws Exception {
        String body =
                "{\"model\":\"fake\",\"system\":\"abc\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
        assertThat(doors.post(PATH + "/count_tokens", body).body()).isEqualTo("{\"input_tokens\":8}");
        assertThat(MODEL.chats).isEmpty();
    }

    @Test
    void refusesInTheShapeThatItsClientsRead() throws Exception {
        OpenDoors.Answer unknown = doors.post(PATH, asking("").replace("fake", "claude"));
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.at("/type")).isEqualTo("error");
        assertThat(unknown.at("/error/type")).isEqualTo("not_found_error");
        assertThat(unknown.at("/request_id")).isEqualTo(unknown.header("request-id"));
        MODEL.then(FakeModel.ends(new ChatOutcome.Refused(ChatOutcome.Reason.BUSY, "full")));
        OpenDoors.Answer busy = doors.post(PATH, asking("\"stream\":true"));
        assertThat(busy.status()).isEqualTo(503);
        assertThat(busy.at("/error/type")).isEqualTo("overloaded_error");
        MODEL.then((_, listener) -> {
            listener.text("a", List.of());
            return new ChatOutcome.Failed("it broke");
        });
        assertThat(doors.post(PATH, asking("\"stream\":true")).body())
                .contains("event: error", "\"type\":\"api_error\"", "it broke")
                .doesNotContain("message_stop");
        assertThat(doors.get(PATH).at("/error/type")).isEqualTo("invalid_request_error");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]} | 'max_tokens' is missing",
                "{\"max_tokens\":0,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]} | 'max_tokens' must be 1 to",
                "{\"max_tokens\":1,\"messages\":[]} | at least one message",
                "{\"max_tokens\":1,\"messages\":[{\"role\":\"tool\",\"content\":\"x\"}]} | known are user",
                "{\"max_tokens\":1,\"messages\":[{\"role\":\"assistant\",\"content\":\"x\"}]} | must end with the user's",
                "{\"max_tokens\":1,\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image\"}]}]} | is 'image'",
                "{\"max_tokens\":1,\"messages\":[{\"role\":\"user\",\"content\":[]}]} | 'messages[0].content' must hold",
                "{\"max_tokens\":1,\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"\"}]}]} | must hold",
                "{\"max_tokens\":1,\"thinking\":{\"type\":\"enabled\"},\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]} | do not think",
            })
    void saysWhatIsWrong(String body, String message) throws Exception {
        OpenDoors.Answer answer = doors.post(PATH, body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.at("/error/message")).contains(message);
        assertThat(MODEL.chats).isEmpty();
    }
}
