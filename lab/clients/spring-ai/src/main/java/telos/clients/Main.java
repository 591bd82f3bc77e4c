package telos.clients;

import static telos.clients.Checks.GUARDED_URL;
import static telos.clients.Checks.KEY;
import static telos.clients.Checks.MODEL;
import static telos.clients.Checks.URL;
import static telos.clients.Checks.WRONG_KEY;
import static telos.clients.Checks.check;
import static telos.clients.Checks.expect;
import static telos.clients.Checks.expectError;

import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.errors.RateLimitException;
import com.openai.errors.UnauthorizedException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.ai.chat.client.ChatClient;
import org.springframework.ai.chat.model.ChatResponse;
import org.springframework.ai.chat.prompt.Prompt;
import org.springframework.ai.embedding.EmbeddingResponse;
import org.springframework.ai.model.tool.ToolCallingManager;
import org.springframework.ai.model.tool.ToolExecutionResult;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;
import org.springframework.ai.openai.OpenAiEmbeddingModel;
import org.springframework.ai.openai.OpenAiEmbeddingOptions;
import org.springframework.ai.support.ToolCallbacks;
import org.springframework.ai.tool.annotation.Tool;
import org.springframework.ai.tool.annotation.ToolParam;
import reactor.core.Disposable;

/** Spring AI with its OpenAI module and no Spring Boot, as its own documentation uses it. */
public final class Main {
    private static final OpenAiChatModel MODEL_OF_CHAT = chat(MODEL, 512);
    private static final ChatClient CHAT = ChatClient.create(MODEL_OF_CHAT);

    private static final String NAMED = "{\"type\": \"function\", \"function\": {\"name\": \"weather\"}}";

    /** Long in any case: whoever cancels it cuts it short. */
    private static final String NUMBERS = """
            {"type": "object", "additionalProperties": false, "required": ["numbers"],
             "properties": {"numbers": {"type": "array", "items": {"type": "integer"}, "minItems": 600}}}""";

    private Main() {}

    enum Priority {
        LOW,
        HIGH
    }

    record Ticket(String title, Priority priority, boolean urgent, List<String> steps) {}

    static final class Weather {
        final AtomicInteger calls = new AtomicInteger();

        @Tool(description = "The weather in a city.")
        String weather(@ToolParam(description = "its name") String city) {
            calls.incrementAndGet();
            return city + ": 21 degrees and sunny";
        }
    }

    /** Its result is the answer, so that a loop in which every turn must call it comes to an end. */
    static final class DirectWeather {
        @Tool(name = "weather", description = "The weather in a city.", returnDirect = true)
        String weather(@ToolParam(description = "its name") String city) {
            return city + ": 21 degrees and sunny";
        }
    }

    public static void main(String[] arguments) throws IOException {
        check("chat", Main::chats);
        check("chat.model", Main::asksTheModel);
        check("stream", Main::streams);
        check("tools.required", Main::loopsByHand);
        check("tools.client", Main::loopsByClient);
        check("tools.stream", Main::loopsStreaming);
        check("structured", Main::fillsRecord);
        check("embeddings.base64", Main::embeds);
        check(
                "errors.not_found",
                () -> expectError(
                        NotFoundException.class, () -> chat("no-such-model", 16).call("Say hello.")));
        check(
                "errors.bad_request",
                () -> expectError(
                        BadRequestException.class, () -> chat(MODEL, -1).call("Say hello.")));
        check("errors.unauthorized", Main::comesWithWrongKey);
        check("errors.rate_limited", Main::asksTooOften);
        check("cancel", Main::cancels);
        Checks.end();
    }

    private static OpenAiChatModel chat(String model, int maxTokens) {
        return OpenAiChatModel.builder()
                .options(options().model(model).maxTokens(maxTokens).build())
                .build();
    }

    private static OpenAiChatOptions.Builder options() {
        return OpenAiChatOptions.builder()
                .baseUrl(URL + "/v1")
                .apiKey("unused")
                .maxRetries(0)
                .timeout(Duration.ofSeconds(100))
                .model(MODEL);
    }

    private static void chats() {
        String answer =
                CHAT.prompt().system("Be brief.").user("Say hello.").call().content();
        expect(answer != null && !answer.isEmpty(), answer);
    }

    private static void asksTheModel() {
        ChatResponse response = MODEL_OF_CHAT.call(new Prompt("Say hello."));
        expect(!response.getResult().getOutput().getText().isEmpty(), response);
        expect(response.getMetadata().getUsage().getCompletionTokens() > 0, response.getMetadata());
        expect(response.getMetadata().getModel().equals(MODEL), response.getMetadata());
    }

    private static void streams() {
        List<String> pieces = CHAT.prompt().user("Say hello.").stream()
                .content()
                .collectList()
                .block(Duration.ofSeconds(60));
        expect(pieces != null && !String.join("", pieces).isEmpty(), pieces);
    }

    private static void loopsByHand() {
        Weather weather = new Weather();
        OpenAiChatOptions.Builder options = options().toolCallbacks(ToolCallbacks.from(weather));
        Prompt question = new Prompt(
                "What is the weather in Paris?", options.toolChoice("required").build());
        ChatResponse first = MODEL_OF_CHAT.call(question);
        expect(first.hasToolCalls(), first);
        ToolExecutionResult result = ToolCallingManager.builder().build().executeToolCalls(question, first);
        expect(weather.calls.get() > 0, first);
        ChatResponse last = MODEL_OF_CHAT.call(new Prompt(
                result.conversationHistory(), options.toolChoice("none").build()));
        expect(!last.hasToolCalls() && !last.getResult().getOutput().getText().isEmpty(), last);
    }

    private static void loopsByClient() {
        String answer = CHAT.prompt()
                .user("What is the weather in Paris?")
                .tools(new DirectWeather())
                .options(options().toolChoice(NAMED))
                .call()
                .content();
        expect(answer != null && answer.contains("21 degrees and sunny"), answer);
    }

    private static void loopsStreaming() {
        List<String> pieces = CHAT
                .prompt()
                .user("What is the weather in Paris?")
                .tools(new DirectWeather())
                .options(options().toolChoice("required"))
                .stream()
                .content()
                .collectList()
                .block(Duration.ofSeconds(60));
        expect(pieces != null && String.join("", pieces).contains("21 degrees and sunny"), pieces);
    }

    private static void fillsRecord() {
        Ticket ticket = CHAT.prompt()
                .user("A ticket: the disk is full.")
                .call()
                .entity(Ticket.class, spec -> spec.useProviderStructuredOutput());
        expect(ticket != null && ticket.title() != null && ticket.priority() != null && ticket.steps() != null, ticket);
    }

    private static void embeds() {
        OpenAiEmbeddingModel model = OpenAiEmbeddingModel.builder()
                .options(OpenAiEmbeddingOptions.builder()
                        .baseUrl(URL + "/v1")
                        .apiKey("unused")
                        .maxRetries(0)
                        .model(MODEL)
                        .build())
                .build();
        EmbeddingResponse response = model.embedForResponse(List.of("the disk is full", "which process is largest?"));
        expect(
                response.getResults().size() == 2
                        && response.getResults().getFirst().getOutput().length > 1,
                response);
    }

    private static void comesWithWrongKey() throws Exception {
        OpenAiChatModel stranger = guarded(WRONG_KEY);
        expectError(UnauthorizedException.class, () -> stranger.call("Say hello."));
    }

    private static void asksTooOften() throws Exception {
        OpenAiChatModel tenant = guarded(KEY);
        expect(!tenant.call("Say hello.").isEmpty(), "an answer");
        expectError(RateLimitException.class, () -> tenant.call("Say hello."));
    }

    private static OpenAiChatModel guarded(String key) {
        return OpenAiChatModel.builder()
                .options(options()
                        .baseUrl(GUARDED_URL + "/v1")
                        .apiKey(key)
                        .maxTokens(64)
                        .build())
                .build();
    }

    private static void cancels() throws Exception {
        CountDownLatch begun = new CountDownLatch(3);
        Disposable stream =
                CHAT.prompt().user("Count.").options(options().maxTokens(2000).outputSchema(NUMBERS)).stream()
                        .content()
                        .subscribe(_ -> begun.countDown());
        expect(begun.await(60, TimeUnit.SECONDS), "no three pieces within a minute");
        stream.dispose();
    }
}
