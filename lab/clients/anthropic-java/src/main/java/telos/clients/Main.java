package telos.clients;

import static telos.clients.Checks.GUARDED_URL;
import static telos.clients.Checks.KEY;
import static telos.clients.Checks.MODEL;
import static telos.clients.Checks.URL;
import static telos.clients.Checks.WRONG_KEY;
import static telos.clients.Checks.check;
import static telos.clients.Checks.expect;
import static telos.clients.Checks.expectError;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.BadRequestException;
import com.anthropic.errors.NotFoundException;
import com.anthropic.errors.RateLimitException;
import com.anthropic.errors.UnauthorizedException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.JsonOutputFormat;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.OutputConfig;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolChoice;
import com.anthropic.models.messages.ToolChoiceAny;
import com.anthropic.models.messages.ToolChoiceNone;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** anthropic-java, as its own documentation uses it, with every answer validated. */
public final class Main {
    private static final AnthropicClient CLIENT = client(URL, "unused");

    private static final Tool WEATHER = Tool.builder()
            .name("weather")
            .description("The weather in a city.")
            .inputSchema(Tool.InputSchema.builder()
                    .properties(Tool.InputSchema.Properties.builder()
                            .putAdditionalProperty("city", JsonValue.from(Map.of("type", "string")))
                            .build())
                    .required(List.of("city"))
                    .build())
            .build();

    private Main() {}

    private static AnthropicClient client(String url, String key) {
        return AnthropicOkHttpClient.builder()
                .baseUrl(url)
                .apiKey(key)
                .maxRetries(0)
                .responseValidation(true)
                .build();
    }

    enum Priority {
        LOW,
        HIGH
    }

    static final class Ticket {
        public String title;
        public Priority priority;
        public boolean urgent;
        public List<String> steps;
    }

    public static void main(String[] arguments) throws IOException {
        check("models", Main::lists);
        check("chat", Main::chats);
        check("count_tokens", Main::counts);
        check("stream", Main::streams);
        check(
                "tools.required",
                () -> loops(ToolChoice.ofAny(ToolChoiceAny.builder().build())));
        check("tools.named", () -> loops(ToolChoice.ofTool("weather")));
        check("tools.stream", Main::callsStreaming);
        check("structured", Main::fillsClass);
        check(
                "errors.not_found",
                () -> expectError(
                        NotFoundException.class,
                        () -> CLIENT.messages()
                                .create(ask("Say hello.").model("no-such-model").build())));
        check(
                "errors.bad_request",
                () -> expectError(
                        BadRequestException.class,
                        () -> CLIENT.messages()
                                .create(ask("Say hello.").maxTokens(-1).build())));
        check("errors.unauthorized", Main::comesWithWrongKey);
        check("errors.rate_limited", Main::asksTooOften);
        check("cancel", Main::cancels);
        Checks.end();
    }

    private static MessageCreateParams.Builder ask(String question) {
        return MessageCreateParams.builder().model(MODEL).maxTokens(256).addUserMessage(question);
    }

    private static void lists() {
        expect(
                CLIENT.models().list().items().stream()
                        .anyMatch(each -> each.id().equals(MODEL)),
                "models");
        expect(CLIENT.models().retrieve(MODEL).validate().id().equals(MODEL), "model");
    }

    private static String text(Message message) {
        StringBuilder text = new StringBuilder();
        message.content().forEach(block -> block.text().ifPresent(words -> text.append(words.text())));
        return text.toString();
    }

    private static void chats() {
        Message message = CLIENT.messages()
                .create(ask("Say hello.").system("Be brief.").build())
                .validate();
        expect(!text(message).isEmpty() && message.usage().outputTokens() > 0, message);
        expect(message.stopReason().isPresent(), message);
    }

    private static void counts() {
        long tokens = CLIENT.messages()
                .countTokens(MessageCountTokensParams.builder()
                        .model(MODEL)
                        .addUserMessage("Say hello.")
                        .build())
                .validate()
                .inputTokens();
        Message message = CLIENT.messages().create(ask("Say hello.").build()).validate();
        expect(tokens > 0 && message.usage().inputTokens() == tokens, message.usage() + " and " + tokens);
    }

    private static Message streamed(MessageCreateParams params) {
        MessageAccumulator accumulator = MessageAccumulator.create();
        try (StreamResponse<RawMessageStreamEvent> stream = CLIENT.messages().createStreaming(params)) {
            stream.stream().map(RawMessageStreamEvent::validate).forEach(accumulator::accumulate);
        }
        return accumulator.message().validate();
    }

    private static void streams() {
        Message message = streamed(ask("Say hello.").build());
        expect(!text(message).isEmpty() && message.usage().outputTokens() > 0, message);
    }

    private static List<ToolUseBlock> calls(Message message) {
        List<ToolUseBlock> calls = message.content().stream()
                .flatMap(block -> block.toolUse().stream())
                .toList();
        expect(!calls.isEmpty() && message.stopReason().orElseThrow().equals(StopReason.TOOL_USE), message);
        for (ToolUseBlock call : calls) {
            Map<?, ?> input = call._input().convert(Map.class);
            expect(call.name().equals("weather") && input.get("city") instanceof String, call);
        }
        return calls;
    }

    private static void loops(ToolChoice choice) {
        MessageCreateParams.Builder params =
                ask("What is the weather in Paris?").addTool(WEATHER).toolChoice(choice);
        Message first = CLIENT.messages().create(params.build()).validate();
        List<ContentBlockParam> results = new ArrayList<>();
        for (ToolUseBlock call : calls(first)) {
            results.add(ContentBlockParam.ofToolResult(ToolResultBlockParam.builder()
                    .toolUseId(call.id())
                    .content("21 degrees and sunny")
                    .build()));
        }
        Message last = CLIENT.messages()
                .create(params.addMessage(first)
                        .addUserMessageOfContentBlockParams(results)
                        .toolChoice(ToolChoiceNone.builder().build())
                        .build())
                .validate();
        expect(!text(last).isEmpty() && last.content().stream().allMatch(ContentBlock::isText), last);
    }

    private static void callsStreaming() {
        calls(streamed(ask("What is the weather in Paris?")
                .addTool(WEATHER)
                .toolChoice(ToolChoiceAny.builder().build())
                .build()));
    }

    private static void fillsClass() {
        Ticket ticket = CLIENT
                .messages()
                .create(ask("A ticket: the disk is full.")
                        .maxTokens(512)
                        .outputConfig(Ticket.class)
                        .build())
                .content()
                .stream()
                .flatMap(block -> block.text().stream())
                .findFirst()
                .orElseThrow()
                .text();
        expect(ticket.title != null && ticket.priority != null && ticket.steps != null, ticket);
    }

    private static void comesWithWrongKey() throws Exception {
        AnthropicClient stranger = client(GUARDED_URL, WRONG_KEY);
        expectError(
                UnauthorizedException.class,
                () -> stranger.messages().create(ask("Say hello.").build()));
    }

    private static void asksTooOften() throws Exception {
        AnthropicClient tenant = client(GUARDED_URL, KEY);
        tenant.messages().create(ask("Say hello.").build()).validate();
        RateLimitException error = expectError(
                RateLimitException.class,
                () -> tenant.messages().create(ask("Say hello.").build()));
        expect(Long.parseLong(error.headers().values("retry-after").getFirst()) > 0, error.headers());
    }

    private static void cancels() {
        Map<String, Object> numbers = Map.of("type", "array", "minItems", 600, "items", Map.of("type", "integer"));
        MessageCreateParams params = ask("Count.")
                .maxTokens(2000)
                .outputConfig(OutputConfig.builder()
                        .format(JsonOutputFormat.builder()
                                .schema(JsonOutputFormat.Schema.builder()
                                        .putAdditionalProperty("type", JsonValue.from("object"))
                                        .putAdditionalProperty("properties", JsonValue.from(Map.of("numbers", numbers)))
                                        .putAdditionalProperty("required", JsonValue.from(List.of("numbers")))
                                        .putAdditionalProperty("additionalProperties", JsonValue.from(false))
                                        .build())
                                .build())
                        .build())
                .build();
        try (StreamResponse<RawMessageStreamEvent> stream = CLIENT.messages().createStreaming(params)) {
            Iterator<RawMessageStreamEvent> events = stream.stream().iterator();
            for (int i = 0; i < 5; i++) {
                events.next().validate();
            }
        }
    }
}
