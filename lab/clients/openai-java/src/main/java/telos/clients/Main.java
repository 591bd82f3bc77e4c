package telos.clients;

import static telos.clients.Checks.GUARDED_URL;
import static telos.clients.Checks.KEY;
import static telos.clients.Checks.MODEL;
import static telos.clients.Checks.URL;
import static telos.clients.Checks.WRONG_KEY;
import static telos.clients.Checks.check;
import static telos.clients.Checks.expect;
import static telos.clients.Checks.expectError;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.errors.RateLimitException;
import com.openai.errors.UnauthorizedException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.helpers.ResponseAccumulator;
import com.openai.models.ResponseFormatJsonSchema;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionMessageToolCall;
import com.openai.models.chat.completions.ChatCompletionNamedToolChoice;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolChoiceOption;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.completions.Completion;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import com.openai.models.responses.Response;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseFunctionToolCall;
import com.openai.models.responses.ResponseInputItem;
import com.openai.models.responses.ResponseOutputItem;
import com.openai.models.responses.ResponseStatus;
import com.openai.models.responses.ResponseStreamEvent;
import com.openai.models.responses.ToolChoiceOptions;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * openai-java, as its own documentation uses it, with every answer validated. It is long because each check stands whole,
 * as a user would write it, and a tenth of it is imports.
 */
public final class Main {
    private static final OpenAIClient CLIENT = client(URL, "unused");

    private static final ChatCompletionToolChoiceOption REQUIRED =
            ChatCompletionToolChoiceOption.ofAuto(ChatCompletionToolChoiceOption.Auto.REQUIRED);
    private static final ChatCompletionToolChoiceOption NONE =
            ChatCompletionToolChoiceOption.ofAuto(ChatCompletionToolChoiceOption.Auto.NONE);

    private Main() {}

    private static OpenAIClient client(String url, String key) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(url + "/v1")
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

        boolean complete() {
            return title != null && priority != null && steps != null;
        }
    }

    @JsonClassDescription("The weather in a city.")
    static final class Weather {
        @JsonPropertyDescription("its name")
        public String city;
    }

    public static void main(String[] arguments) throws IOException {
        check("models", Main::lists);
        check("chat", Main::chats);
        check("chat.choices", Main::chooses);
        check("stream", Main::streams);
        check("tools.required", () -> loops(REQUIRED));
        check(
                "tools.named",
                () -> loops(ChatCompletionToolChoiceOption.ofNamedToolChoice(ChatCompletionNamedToolChoice.builder()
                        .function(ChatCompletionNamedToolChoice.Function.builder()
                                .name("Weather")
                                .build())
                        .build())));
        check("tools.stream", Main::callsStreaming);
        check("structured", Main::fillsClass);
        check("completions", Main::completes);
        check("embeddings.base64", Main::embeds);
        check("embeddings.float", Main::embedsPlainly);
        check("responses", Main::responds);
        check("responses.stream", Main::respondsStreaming);
        check("responses.tools", Main::respondsWithTools);
        check("responses.structured", Main::respondsWithClass);
        check("errors.not_found", Main::missesModel);
        check("errors.bad_request", Main::asksWrongly);
        check("errors.unauthorized", Main::comesWithWrongKey);
        check("errors.rate_limited", Main::asksTooOften);
        check("cancel", Main::cancels);
        Checks.end();
    }

    private static ChatCompletionCreateParams.Builder ask(String question) {
        return ChatCompletionCreateParams.builder().model(MODEL).addUserMessage(question);
    }

    private static void lists() {
        expect(
                CLIENT.models().list().items().stream()
                        .anyMatch(each -> each.id().equals(MODEL)),
                "models");
        expect(CLIENT.models().retrieve(MODEL).validate().id().equals(MODEL), "model");
    }

    private static void chats() {
        ChatCompletion completion = CLIENT.chat()
                .completions()
                .create(ask("Say hello.")
                        .addSystemMessage("Be brief.")
                        .maxCompletionTokens(64)
                        .build())
                .validate();
        expect(!text(completion).isEmpty() && completion.usage().orElseThrow().completionTokens() > 0, completion);
    }

    private static String text(ChatCompletion completion) {
        return completion.choices().getFirst().message().content().orElse("");
    }

    private static void chooses() {
        ChatCompletion completion = CLIENT.chat()
                .completions()
                .create(ask("Say hello.")
                        .n(2)
                        .maxCompletionTokens(16)
                        .logprobs(true)
                        .topLogprobs(2)
                        .build())
                .validate();
        expect(completion.choices().size() == 2, completion);
        expect(
                completion
                                .choices()
                                .getLast()
                                .logprobs()
                                .orElseThrow()
                                .content()
                                .orElseThrow()
                                .getFirst()
                                .topLogprobs()
                                .size()
                        == 2,
                completion);
    }

    private static void streams() {
        ChatCompletion completion = streamed(ask("Say hello.")
                .streamOptions(
                        ChatCompletionStreamOptions.builder().includeUsage(true).build())
                .build());
        expect(!text(completion).isEmpty() && completion.usage().orElseThrow().completionTokens() > 0, completion);
    }

    private static ChatCompletion streamed(ChatCompletionCreateParams params) {
        ChatCompletionAccumulator accumulator = ChatCompletionAccumulator.create();
        try (StreamResponse<ChatCompletionChunk> stream =
                CLIENT.chat().completions().createStreaming(params)) {
            stream.stream().map(ChatCompletionChunk::validate).forEach(accumulator::accumulate);
        }
        return accumulator.chatCompletion();
    }

    private static List<ChatCompletionMessageToolCall> calls(ChatCompletion completion) {
        List<ChatCompletionMessageToolCall> calls =
                completion.choices().getFirst().message().toolCalls().orElse(List.of());
        expect(!calls.isEmpty(), completion);
        for (ChatCompletionMessageToolCall call : calls) {
            expect(call.asFunction().function().arguments(Weather.class).city != null, call);
        }
        return calls;
    }

    private static void loops(ChatCompletionToolChoiceOption choice) {
        ChatCompletionCreateParams.Builder params = ask("What is the weather in Paris?")
                .addTool(Weather.class)
                .toolChoice(choice)
                .maxCompletionTokens(256);
        ChatCompletion first =
                CLIENT.chat().completions().create(params.build()).validate();
        ChatCompletionMessage message = first.choices().getFirst().message();
        params.addMessage(message);
        for (ChatCompletionMessageToolCall call : calls(first)) {
            ChatCompletionMessageFunctionToolCall function = call.asFunction();
            params.addMessage(ChatCompletionToolMessageParam.builder()
                    .toolCallId(function.id())
                    .content("21 degrees and sunny")
                    .build());
        }
        ChatCompletion last = CLIENT.chat()
                .completions()
                .create(params.toolChoice(NONE).build())
                .validate();
        expect(!text(last).isEmpty(), last);
    }

    private static void callsStreaming() {
        calls(streamed(ask("What is the weather in Paris?")
                .addTool(Weather.class)
                .toolChoice(REQUIRED)
                .build()));
    }

    private static void fillsClass() {
        Ticket ticket = CLIENT.chat()
                .completions()
                .create(ask("A ticket: the disk is full.")
                        .maxCompletionTokens(512)
                        .responseFormat(Ticket.class)
                        .build())
                .choices()
                .getFirst()
                .message()
                .content()
                .orElseThrow();
        expect(ticket.complete(), ticket);
    }

    private static void completes() {
        Completion completion = CLIENT.completions()
                .create(CompletionCreateParams.builder()
                        .model(MODEL)
                        .prompt("The disk")
                        .maxTokens(8)
                        .build())
                .validate();
        expect(completion.usage().orElseThrow().completionTokens() > 0, completion);
    }

    private static EmbeddingCreateParams.Builder texts() {
        return EmbeddingCreateParams.builder()
                .model(MODEL)
                .inputOfArrayOfStrings(List.of("the disk is full", "which process is largest?"));
    }

    private static void embeds() {
        CreateEmbeddingResponse two =
                CLIENT.embeddings().create(texts().build()).validate();
        expect(two.data().size() == 2 && two.data().getLast().embedding().size() > 1, two);
    }

    private static void embedsPlainly() {
        CreateEmbeddingResponse coded = CLIENT.embeddings().create(texts().build());
        CreateEmbeddingResponse plain = CLIENT.embeddings()
                .create(texts().encodingFormat(EmbeddingCreateParams.EncodingFormat.FLOAT)
                        .build())
                .validate();
        List<Float> one = plain.data().getFirst().embedding();
        List<Float> other = coded.data().getFirst().embedding();
        expect(one.size() == other.size(), one.size() + " and " + other.size());
        for (int i = 0; i < one.size(); i++) {
            expect(Math.abs(one.get(i) - other.get(i)) < 1e-6, "float and base64 differ at " + i);
        }
    }

    private static ResponseCreateParams.Builder input(String text) {
        return ResponseCreateParams.builder().model(MODEL).input(text);
    }

    private static String text(Response response) {
        StringBuilder text = new StringBuilder();
        for (ResponseOutputItem item : response.output()) {
            item.message()
                    .ifPresent(message -> message.content()
                            .forEach(part -> part.outputText().ifPresent(output -> text.append(output.text()))));
        }
        return text.toString();
    }

    private static void responds() {
        Response first = CLIENT.responses()
                .create(input("Say hello.").instructions("Be brief.").build())
                .validate();
        expect(!text(first).isEmpty() && first.status().orElseThrow().equals(ResponseStatus.COMPLETED), first);
        Response second = CLIENT.responses()
                .create(input("And again.").previousResponseId(first.id()).build())
                .validate();
        expect(
                !text(second).isEmpty()
                        && second.previousResponseId().orElseThrow().equals(first.id()),
                second);
        expect(text(CLIENT.responses().retrieve(first.id()).validate()).equals(text(first)), first);
    }

    private static void respondsStreaming() {
        ResponseAccumulator accumulator = ResponseAccumulator.create();
        try (StreamResponse<ResponseStreamEvent> stream =
                CLIENT.responses().createStreaming(input("Say hello.").build())) {
            stream.stream().map(ResponseStreamEvent::validate).forEach(accumulator::accumulate);
        }
        expect(!text(accumulator.response().validate()).isEmpty(), accumulator.response());
    }

    private static void respondsWithTools() {
        Response first = CLIENT.responses()
                .create(input("What is the weather in Paris?")
                        .addTool(Weather.class)
                        .toolChoice(ToolChoiceOptions.REQUIRED)
                        .maxOutputTokens(256)
                        .build())
                .validate();
        ResponseFunctionToolCall call = first.output().stream()
                .flatMap(item -> item.functionCall().stream())
                .findFirst()
                .orElseThrow();
        expect(call.arguments(Weather.class).city != null, call);
        Response last = CLIENT.responses()
                .create(ResponseCreateParams.builder()
                        .model(MODEL)
                        .previousResponseId(first.id())
                        .addTool(Weather.class)
                        .toolChoice(ToolChoiceOptions.NONE)
                        .inputOfResponse(List.of(
                                ResponseInputItem.ofFunctionCallOutput(ResponseInputItem.FunctionCallOutput.builder()
                                        .callId(call.callId())
                                        .output("21 degrees and sunny")
                                        .build())))
                        .build())
                .validate();
        expect(!text(last).isEmpty(), last);
    }

    private static void respondsWithClass() {
        Ticket ticket = CLIENT
                .responses()
                .create(input("A ticket: the disk is full.")
                        .maxOutputTokens(512)
                        .text(Ticket.class)
                        .build())
                .output()
                .stream()
                .flatMap(item -> item.message().stream())
                .flatMap(message -> message.content().stream())
                .flatMap(part -> part.outputText().stream())
                .findFirst()
                .orElseThrow();
        expect(ticket.complete(), ticket);
    }

    private static void missesModel() throws Exception {
        NotFoundException error = expectError(
                NotFoundException.class,
                () -> CLIENT.chat()
                        .completions()
                        .create(ask("Say hello.").model("no-such-model").build()));
        expect(error.code().orElse("").equals("model_not_found"), error);
    }

    private static void asksWrongly() throws Exception {
        expectError(
                BadRequestException.class,
                () -> CLIENT.chat()
                        .completions()
                        .create(ask("Say hello.").maxCompletionTokens(-1).build()));
    }

    private static void comesWithWrongKey() throws Exception {
        OpenAIClient stranger = client(GUARDED_URL, WRONG_KEY);
        expectError(
                UnauthorizedException.class,
                () -> stranger.chat().completions().create(ask("Say hello.").build()));
    }

    private static void asksTooOften() throws Exception {
        OpenAIClient tenant = client(GUARDED_URL, KEY);
        tenant.chat()
                .completions()
                .create(ask("Say hello.").maxCompletionTokens(16).build())
                .validate();
        RateLimitException error = expectError(
                RateLimitException.class,
                () -> tenant.chat().completions().create(ask("Say hello.").build()));
        expect(Long.parseLong(error.headers().values("retry-after").getFirst()) > 0, error.headers());
    }

    private static void cancels() {
        JsonValue numbers = JsonValue.from(
                Map.of("numbers", Map.of("type", "array", "minItems", 600, "items", Map.of("type", "integer"))));
        ChatCompletionCreateParams params = ask("Count.")
                .maxCompletionTokens(2000)
                .responseFormat(ResponseFormatJsonSchema.builder()
                        .jsonSchema(ResponseFormatJsonSchema.JsonSchema.builder()
                                .name("numbers")
                                .strict(true)
                                .schema(ResponseFormatJsonSchema.JsonSchema.Schema.builder()
                                        .putAdditionalProperty("type", JsonValue.from("object"))
                                        .putAdditionalProperty("properties", numbers)
                                        .putAdditionalProperty("required", JsonValue.from(List.of("numbers")))
                                        .putAdditionalProperty("additionalProperties", JsonValue.from(false))
                                        .build())
                                .build())
                        .build())
                .build();
        try (StreamResponse<ChatCompletionChunk> stream =
                CLIENT.chat().completions().createStreaming(params)) {
            Iterator<ChatCompletionChunk> chunks = stream.stream().iterator();
            for (int i = 0; i < 4; i++) {
                chunks.next().validate();
            }
        }
    }
}
