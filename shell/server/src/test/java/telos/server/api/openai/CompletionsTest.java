package telos.server.api.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import telos.inference.chat.ChatOutcome;
import telos.inference.chat.CompletionRequest.Prompt;
import telos.server.FakeModel;
import telos.server.OpenDoors;

/** Text completions, embeddings and tokens. */
@Timeout(30)
class CompletionsTest {
    private static final String PATH = "/v1/completions";
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
        MODEL.completions.clear();
    }

    @Test
    void goesOnWithTextsAndTokens() throws Exception {
        MODEL.then(FakeModel.says("b c"));
        OpenDoors.Answer one = doors.post(PATH, "{\"model\":\"fake\",\"prompt\":\"a\",\"echo\":true}");
        assertThat(one.at("/choices/0/text")).isEqualTo("b c");
        assertThat(one.at("/object")).isEqualTo("text_completion");
        assertThat(one.json().at("/choices/0/logprobs").isNull()).isTrue();
        assertThat(MODEL.completions.peek().echo()).isTrue();
        assertThat(MODEL.completions.remove().sampling().maxTokens()).isEqualTo(16);
        for (int i = 0; i < 5; i++) {
            MODEL.then(FakeModel.says("x"));
        }
        doors.post(PATH, "{\"prompt\":[65,66]}");
        OpenDoors.Answer four = doors.post(PATH, "{\"prompt\":[\"a\",[66]],\"n\":2}");
        assertThat(four.json().path("choices")).hasSize(4);
        assertThat(four.at("/usage/prompt_tokens")).isEqualTo("14");
        assertThat(four.at("/usage/completion_tokens")).isEqualTo("4");
        assertThat(MODEL.completions)
                .extracting(request -> request.prompt())
                .containsExactlyInAnyOrder(
                        new Prompt.Tokens(List.of(65, 66)),
                        new Prompt.Text("a"),
                        new Prompt.Text("a"),
                        new Prompt.Tokens(List.of(66)),
                        new Prompt.Tokens(List.of(66)));
    }

    @Test
    void tellsHowLikelyTokensWereInTheOldForm() throws Exception {
        MODEL.then(FakeModel.says("ab c"));
        OpenDoors.Answer answer = doors.post(PATH, "{\"prompt\":\"a\",\"logprobs\":1}");
        assertThat(answer.json().at("/choices/0/logprobs").toString())
                .isEqualTo("{\"tokens\":[\"ab \",\"c\"],\"token_logprobs\":[-0.5,-0.5],"
                        + "\"top_logprobs\":[{\"ab \":-0.5},{\"c\":-0.5}],\"text_offset\":[0,3]}");
    }

    @Test
    void streamsChunksAndTheUsage() throws Exception {
        MODEL.then(FakeModel.says("b c"));
        OpenDoors.Answer answer =
                doors.post(PATH, "{\"prompt\":\"a\",\"stream\":true,\"stream_options\":{\"include_usage\":true}}");
        assertThat(answer.data())
                .satisfiesExactly(
                        first -> assertThat(first).contains("\"text\":\"b \"", "\"finish_reason\":null"),
                        second -> assertThat(second).contains("\"text\":\"c\""),
                        finish -> assertThat(finish).contains("\"finish_reason\":\"stop\""),
                        usage -> assertThat(usage).contains("\"choices\":[]", "\"completion_tokens\":2"),
                        done -> assertThat(done).isEqualTo("[DONE]"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{} | prompt",
                "{\"prompt\":[]} | prompt",
                "{\"prompt\":[[]]} | prompt",
                "{\"prompt\":[-1]} | prompt",
                "{\"prompt\":\"a\",\"suffix\":\"b\"} | suffix",
                "{\"prompt\":\"a\",\"best_of\":3} | best_of",
                "{\"prompt\":\"a\",\"logprobs\":21} | logprobs",
            })
    void namesTheMemberThatItRefuses(String body, String param) throws Exception {
        OpenDoors.Answer answer = doors.post(PATH, body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.at("/error/param")).isEqualTo(param);
    }

    @Test
    void putsTextsIntoVectorsInBothEncodings() throws Exception {
        OpenDoors.Answer floats = doors.post("/v1/embeddings", "{\"model\":\"fake\",\"input\":[\"abc\",\"d\"]}");
        assertThat(floats.json().at("/data/1/embedding").toString()).isEqualTo("[1.0,-0.5]");
        assertThat(floats.at("/usage/total_tokens")).isEqualTo("4");
        OpenDoors.Answer base64 = doors.post("/v1/embeddings", "{\"input\":[97,98,99],\"encoding_format\":\"base64\"}");
        // 3.0f and -0.5f, little-endian
        assertThat(base64.at("/data/0/embedding")).isEqualTo("AABAQAAAAL8=");
        assertThat(doors.post("/v1/embeddings", "{\"input\":\"\"}").status()).isEqualTo(400);
        assertThat(doors.post("/v1/embeddings", "{\"input\":\"a\",\"dimensions\":5}")
                        .at("/error/param"))
                .isEqualTo("dimensions");
        assertThat(doors.post("/v1/embeddings", "{\"input\":\"a\",\"dimensions\":2}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void tellsTokensOfTextsAndTextsOfTokens() throws Exception {
        OpenDoors.Answer tokens = doors.post("/tokenize", "{\"prompt\":\"ab\",\"return_token_strs\":true}");
        assertThat(tokens.body())
                .isEqualTo("{\"count\":2,\"max_model_len\":30,\"tokens\":[97,98],\"token_strs\":[\"a\",\"b\"]}");
        assertThat(doors.post("/detokenize", "{\"tokens\":[97,98]}").body()).isEqualTo("{\"prompt\":\"ab\"}");
        assertThat(doors.post("/detokenize", "{\"tokens\":[500]}").at("/error/message"))
                .contains("no token 500");
    }

    @Test
    void cutsNoMoreThanItCanHold() throws Exception {
        OpenDoors.Answer text = doors.post("/tokenize", "{\"prompt\":\"" + "x".repeat(300_000) + "\"}");
        assertThat(text.status()).isEqualTo(400);
        assertThat(text.at("/error/param")).isEqualTo("prompt");
        OpenDoors.Answer tokens = doors.post("/detokenize", "{\"tokens\":[" + "97,".repeat(300_000) + "97]}");
        assertThat(tokens.at("/error/param")).isEqualTo("tokens");
    }

    @Test
    void listsModelsForBothKindsOfClients() throws Exception {
        assertThat(doors.get("/v1/models").at("/data/0/id")).isEqualTo("fake");
        assertThat(doors.get("/v1/models/fake").at("/object")).isEqualTo("model");
        assertThat(doors.get("/v1/models/a%2Fb").at("/error/message")).contains("'a/b'");
        assertThat(doors.get("/v1/models/a/b").at("/error/code")).isEqualTo("model_not_found");
        OpenDoors.Answer other = doors.get("/v1/models", "anthropic-version", "2023-06-01");
        assertThat(other.at("/data/0/type")).isEqualTo("model");
        assertThat(other.at("/has_more")).isEqualTo("false");
        assertThat(doors.get("/v1/models/x", "anthropic-version", "2023-06-01").at("/error/type"))
                .isEqualTo("not_found_error");
    }

    @Test
    void keepsRefusalsOfTheModel() throws Exception {
        MODEL.then(FakeModel.ends(new ChatOutcome.Refused(ChatOutcome.Reason.BUSY, "full")));
        OpenDoors.Answer answer = doors.post(PATH, "{\"prompt\":\"a\",\"stream\":true}");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("retry-after")).isEqualTo("1");
        MODEL.then(FakeModel.ends(new ChatOutcome.Refused(ChatOutcome.Reason.TOO_LONG, "too long")));
        assertThat(doors.post(PATH, "{\"prompt\":\"a\"}").at("/error/param")).isEqualTo("prompt");
    }
}
