package telos.server.api.responses;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import telos.inference.chat.ChatOutcome;
import telos.inference.chat.OutputForm;
import telos.kernel.Message;
import telos.kernel.ToolCall;
import telos.server.FakeModel;
import telos.server.OpenDoors;
import tools.jackson.databind.JsonNode;

@Timeout(30)
class ResponsesTest {
    private static final String PATH = "/v1/responses";
    private static final String TOOLS =
            "\"tools\":[{\"type\":\"function\",\"name\":\"load\",\"parameters\":{\"type\":\"object\"}}]";
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

    private static OpenDoors.Answer delete(String id) throws Exception {
        return doors.send(doors.request(PATH + "/" + id).DELETE().build());
    }

    @Test
    void answersWithEveryMemberThatClientsCountOn() throws Exception {
        MODEL.then(FakeModel.says("Hi there"));
        OpenDoors.Answer answer =
                doors.post(PATH, "{\"model\":\"fake\",\"input\":\"hello\",\"instructions\":\"be kind\"}");
        assertThat(answer.at("/object")).isEqualTo("response");
        assertThat(answer.at("/status")).isEqualTo("completed");
        assertThat(answer.at("/output/0/content/0/text")).isEqualTo("Hi there");
        assertThat(answer.json().path("usage").toString())
                .isEqualTo(
                        "{\"input_tokens\":7,\"input_tokens_details\":{\"cached_tokens\":3,\"cache_write_tokens\":0},"
                                + "\"output_tokens\":2,\"output_tokens_details\":{\"reasoning_tokens\":0},\"total_tokens\":9}");
        assertThat(MODEL.chats.remove().messages())
                .containsExactly(new Message.System("be kind"), new Message.User("hello"));
    }

    @Test
    void goesOnWithAResponseThatItKept() throws Exception {
        MODEL.then(FakeModel.calls(new ToolCall("c1", "load", "{\"a\":1}")));
        OpenDoors.Answer first = doors.post(PATH, "{\"input\":\"load it\",\"instructions\":\"once\"," + TOOLS + "}");
        assertThat(first.at("/output/0/type")).isEqualTo("function_call");
        assertThat(first.at("/output/0/call_id")).isEqualTo("c1");
        assertThat(first.at("/output/0/arguments")).isEqualTo("{\"a\":1}");
        MODEL.then(FakeModel.says("42 it is"));
        OpenDoors.Answer second = doors.post(
                PATH,
                "{\"previous_response_id\":\"" + first.at("/id")
                        + "\",\"input\":[{\"type\":\"function_call_output\",\"call_id\":\"c1\",\"output\":\"42\"}]}");
        MODEL.then(FakeModel.says("bye"));
        OpenDoors.Answer third = doors.post(
                PATH, "{\"previous_response_id\":\"" + second.at("/id") + "\",\"input\":\"thanks\",\"store\":false}");
        assertThat(third.status()).isEqualTo(200);
        assertThat(MODEL.chats.stream().toList().getLast().messages())
                .containsExactly(
                        new Message.User("load it"),
                        new Message.Assistant("", List.of(new ToolCall("c1", "load", "{\"a\":1}"))),
                        new Message.ToolResult("c1", "load", "42"),
                        new Message.Assistant("42 it is", List.of()),
                        new Message.User("thanks"));
        assertThat(doors.get(PATH + "/" + third.at("/id")).status()).isEqualTo(404);
        OpenDoors.Answer lost = doors.post(PATH, "{\"previous_response_id\":\"resp_x\",\"input\":\"x\"}");
        assertThat(lost.at("/error/code")).isEqualTo("previous_response_not_found");
    }

    @Test
    void keepsListsAndForgets() throws Exception {
        MODEL.then(FakeModel.says("ok"));
        OpenDoors.Answer made = doors.post(PATH, """
                {"input":[{"role":"user","content":"a"},{"type":"message","role":"assistant",
                 "content":[{"type":"output_text","text":"b"}]},{"role":"user","content":[{"type":"input_text","text":"c"}]}]}""");
        String path = PATH + "/" + made.at("/id");
        assertThat(doors.get(path).body()).isEqualTo(made.body());
        OpenDoors.Answer items = doors.get(path + "/input_items?limit=2");
        assertThat(items.at("/data/0/content/0/text")).isEqualTo("c");
        assertThat(items.at("/has_more")).isEqualTo("true");
        OpenDoors.Answer rest = doors.get(path + "/input_items?after=" + items.at("/last_id"));
        assertThat(rest.json().path("data")).hasSize(1);
        assertThat(rest.at("/data/0/content/0/text")).isEqualTo("a");
        assertThat(doors.get(path + "/input_items?order=up").status()).isEqualTo(400);
        assertThat(delete(made.at("/id")).at("/deleted")).isEqualTo("true");
        assertThat(doors.get(path).status()).isEqualTo(404);
        assertThat(delete(made.at("/id")).status()).isEqualTo(404);
    }

    @Test
    void streamsNamedEventsWithGrowingNumbers() throws Exception {
        MODEL.then(FakeModel.says("Hi there"));
        OpenDoors.Answer answer = doors.post(PATH, "{\"input\":\"hello\",\"stream\":true}");
        assertThat(answer.events())
                .extracting(event -> event.path("type").asString())
                .containsExactly(
                        "response.created",
                        "response.in_progress",
                        "response.output_item.added",
                        "response.content_part.added",
                        "response.output_text.delta",
                        "response.output_text.delta",
                        "response.output_text.done",
                        "response.content_part.done",
                        "response.output_item.done",
                        "response.completed");
        List<JsonNode> events = answer.events();
        assertThat(IntStream.range(0, events.size())
                        .allMatch(i -> events.get(i).path("sequence_number").asInt() == i))
                .isTrue();
        assertThat(events.getLast().at("/response/output/0/content/0/text").asString())
                .isEqualTo("Hi there");
        String id = events.getLast().at("/response/id").asString();
        assertThat(doors.get(PATH + "/" + id).at("/status")).isEqualTo("completed");
        assertThat(answer.body()).contains("event: response.created\n");
    }

    @Test
    void streamsCallsAndCutAnswers() throws Exception {
        MODEL.then(FakeModel.calls(new ToolCall("c1", "load", "{\"a\":1}")));
        OpenDoors.Answer answer = doors.post(PATH, "{\"input\":\"x\",\"stream\":true," + TOOLS + "}");
        assertThat(answer.events())
                .extracting(event -> event.path("type").asString())
                .contains(
                        "response.function_call_arguments.delta",
                        "response.function_call_arguments.done",
                        "response.output_item.done")
                .doesNotContain("response.output_text.delta");
        MODEL.then(FakeModel.says("Hi", ChatOutcome.Finish.LENGTH, Optional.empty()));
        JsonNode last = doors.post(PATH, "{\"input\":\"x\",\"stream\":true,\"max_output_tokens\":1}")
                .events()
                .getLast();
        assertThat(last.path("type").asString()).isEqualTo("response.incomplete");
        assertThat(last.at("/response/incomplete_details/reason").asString()).isEqualTo("max_output_tokens");
    }

    @Test
    void tellsOfAFaultInAStreamByAnEvent() throws Exception {
        MODEL.then((_, listener) -> {
            listener.text("a", List.of());
            return new ChatOutcome.Failed("it broke");
        });
        JsonNode last =
                doors.post(PATH, "{\"input\":\"x\",\"stream\":true}").events().getLast();
        assertThat(last.path("type").asString()).isEqualTo("response.failed");
        assertThat(last.at("/response/error/message").asString()).isEqualTo("it broke");
        MODEL.then(FakeModel.ends(new ChatOutcome.Refused(ChatOutcome.Reason.BUSY, "full")));
        assertThat(doors.post(PATH, "{\"input\":\"x\",\"stream\":true}").status())
                .isEqualTo(503);
        MODEL.then(FakeModel.ends(new ChatOutcome.Refused(ChatOutcome.Reason.TOO_LONG, "too long")));
        assertThat(doors.post(PATH, "{\"input\":\"x\"}").at("/error/param")).isEqualTo("input");
    }

    @Test
    void makesAResponseInTheBackground() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        MODEL.then((logprobs, listener) -> {
            go.await();
            return FakeModel.says("done").take(logprobs, listener);
        });
        OpenDoors.Answer queued = doors.post(PATH, "{\"input\":\"x\",\"background\":true}");
        assertThat(queued.at("/status")).isEqualTo("queued");
        String path = PATH + "/" + queued.at("/id");
        assertThat(doors.get(path).at("/status")).isIn("queued", "in_progress");
        assertThat(doors.post(PATH, "{\"input\":\"y\",\"previous_response_id\":\"" + queued.at("/id") + "\"}")
                        .at("/error/code"))
                .isEqualTo("previous_response_not_ready");
        go.countDown();
        String status = "";
        while (!status.equals("completed")) {
            status = doors.get(path).at("/status");
            assertThat(status).isIn("queued", "in_progress", "completed");
        }
        assertThat(doors.get(path).at("/output/0/content/0/text")).isEqualTo("done");
        assertThat(doors.post(path + "/cancel", "").at("/status")).isEqualTo("completed");
    }

    @Test
    void cancelsWhatIsMadeInTheBackground() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        MODEL.then((_, _) -> {
            begun.countDown();
            try {
                new CountDownLatch(1).await();
            } finally {
                ended.countDown();
            }
            return new ChatOutcome.Failed("never");
        });
        OpenDoors.Answer queued = doors.post(PATH, "{\"input\":\"x\",\"background\":true}");
        begun.await();
        HttpRequest cancel = doors.request(PATH + "/" + queued.at("/id") + "/cancel")
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        assertThat(doors.send(cancel).at("/status")).isEqualTo("cancelled");
        ended.await();
        MODEL.then(FakeModel.says("ok"));
        OpenDoors.Answer other = doors.post(PATH, "{\"input\":\"x\"}");
        assertThat(doors.post(PATH + "/" + other.at("/id") + "/cancel", "").status())
                .isEqualTo(400);
    }

    @Test
    void holdsAnAnswerToASchema() throws Exception {
        MODEL.then(FakeModel.says("{}"));
        OpenDoors.Answer answer = doors.post(PATH, """
                {"input":"x","text":{"format":{"type":"json_schema","name":"n","strict":true,"schema":{"type":"object"}}}}""");
        assertThat(MODEL.chats.remove().form()).isEqualTo(new OutputForm.Schema("{\"type\":\"object\"}", false));
        assertThat(answer.at("/text/format/name")).isEqualTo("n");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | input",
                "{\"input\":[]} | input",
                "{\"input\":[{\"type\":\"computer_call\"}]} | input[0].type",
                "{\"input\":\"x\",\"max_output_tokens\":0} | max_output_tokens",
                "{\"input\":\"x\",\"truncation\":\"auto\"} | truncation",
                "{\"input\":\"x\",\"conversation\":\"c\"} | conversation",
                "{\"input\":\"x\",\"background\":true,\"store\":false} | background",
                "{\"input\":\"x\",\"background\":true,\"stream\":true} | background",
                "{\"input\":\"x\",\"tools\":[{\"type\":\"web_search\"}]} | tools[0].type",
            })
    void namesTheMemberThatItRefuses(String body, String param) throws Exception {
        OpenDoors.Answer answer = doors.post(PATH, body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.at("/error/param")).isEqualTo(param);
    }
}
