package telos.clients;

import static telos.clients.Checks.GUARDED_URL;
import static telos.clients.Checks.KEY;
import static telos.clients.Checks.MODEL;
import static telos.clients.Checks.URL;
import static telos.clients.Checks.WRONG_KEY;
import static telos.clients.Checks.check;
import static telos.clients.Checks.expect;
import static telos.clients.Checks.expectError;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.langchain4j.agent.tool.P;
import dev.langchain4j.agent.tool.Tool;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.agent.tool.ToolSpecifications;
import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.AuthenticationException;
import dev.langchain4j.exception.InvalidRequestException;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.Capability;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.request.ResponseFormatType;
import dev.langchain4j.model.chat.request.ToolChoice;
import dev.langchain4j.model.chat.request.json.JsonRawSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import dev.langchain4j.model.openai.OpenAiLanguageModel;
import dev.langchain4j.model.openai.OpenAiResponsesChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.service.AiServices;
import dev.langchain4j.service.TokenStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** LangChain4j with its OpenAI module, as its own documentation uses it. */
public final class Main {
    private static final String V1 = URL + "/v1";
    private static final OpenAiChatModel CHAT = chat(MODEL, 256).build();
    private static final OpenAiStreamingChatModel STREAMING = OpenAiStreamingChatModel.builder()
            .baseUrl(V1)
            .apiKey("unused")
            .modelName(MODEL)
            .maxTokens(256)
            .build();
    private static final OpenAiEmbeddingModel EMBEDDINGS = OpenAiEmbeddingModel.builder()
            .baseUrl(V1)
            .apiKey("unused")
            .modelName(MODEL)
            .maxRetries(0)
            .build();

    private Main() {}

    enum Priority {
        LOW,
        HIGH
    }

    /** A member is required only where that is said. */
    record Ticket(
            @JsonProperty(required = true) String title,
            @JsonProperty(required = true) Priority priority,
            @JsonProperty(required = true) boolean urgent,
            @JsonProperty(required = true) List<String> steps) {}

    interface Clerk {
        Ticket ticket(String report);
    }

    interface Assistant {
        String answer(String question);
    }

    interface StreamingAssistant {
        TokenStream answer(String question);
    }

    static final class Weather {
        final AtomicInteger calls = new AtomicInteger();

        @Tool("The weather in a city.")
        String weather(@P("its name") String city) {
            calls.incrementAndGet();
            return city + ": 21 degrees and sunny";
        }
    }

    public static void main(String[] arguments) throws IOException {
        check("chat", Main::chats);
        check("stream", Main::streams);
        check("tools.required", Main::loopsByHand);
        check("tools.service", Main::loopsByService);
        check("tools.stream", Main::loopsStreaming);
        check("structured", Main::fillsRecord);
        check("structured.json_object", Main::answersJson);
        check("completions", Main::completes);
        check("embeddings.float", Main::embeds);
        check("embeddings.base64", Main::embedsCoded);
        check("responses", Main::responds);
        check(
                "errors.not_found",
                () -> expectError(
                        ModelNotFoundException.class,
                        () -> chat("no-such-model", 16).build().chat("Say hello.")));
        check(
                "errors.bad_request",
                () -> expectError(
                        InvalidRequestException.class,
                        () -> chat(MODEL, -1).build().chat("Say hello.")));
        check("errors.unauthorized", Main::comesWithWrongKey);
        check("errors.rate_limited", Main::asksTooOften);
        check("cancel", Main::cancels);
        Checks.end();
    }

    private static OpenAiChatModel.OpenAiChatModelBuilder chat(String model, int maxTokens) {
        return OpenAiChatModel.builder()
                .baseUrl(V1)
                .apiKey("unused")
                .modelName(model)
                .maxTokens(maxTokens)
                .maxRetries(0);
    }

    private static void chats() {
        ChatResponse response = CHAT.chat(SystemMessage.from("Be brief."), UserMessage.from("Say hello."));
        expect(!response.aiMessage().text().isEmpty(), response);
        expect(response.tokenUsage().outputTokenCount() > 0 && response.finishReason() != null, response);
        expect(response.modelName().equals(MODEL), response);
    }

    private static void streams() throws Exception {
        StringBuilder pieces = new StringBuilder();
        CompletableFuture<ChatResponse> whole = new CompletableFuture<>();
        STREAMING.chat("Say hello.", new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(String piece) {
                pieces.append(piece);
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
                whole.complete(response);
            }

            @Override
            public void onError(Throwable error) {
                whole.completeExceptionally(error);
            }
        });
        ChatResponse response = whole.get(60, TimeUnit.SECONDS);
        expect(!pieces.isEmpty() && response.aiMessage().text().contentEquals(pieces), response);
        expect(response.tokenUsage().outputTokenCount() > 0, response);
    }

    private static void loopsByHand() {
        List<ToolSpecification> tools = ToolSpecifications.toolSpecificationsFrom(Weather.class);
        List<ChatMessage> messages = new ArrayList<>(List.of(UserMessage.from("What is the weather in Paris?")));
        ChatResponse first = CHAT.chat(ChatRequest.builder()
                .messages(messages)
                .toolSpecifications(tools)
                .toolChoice(ToolChoice.REQUIRED)
                .build());
        expect(first.aiMessage().hasToolExecutionRequests(), first);
        messages.add(first.aiMessage());
        for (ToolExecutionRequest request : first.aiMessage().toolExecutionRequests()) {
            expect(request.name().equals("weather") && request.arguments().contains("\"city\""), request);
            messages.add(ToolExecutionResultMessage.from(request, "21 degrees and sunny"));
        }
        ChatResponse last = CHAT.chat(ChatRequest.builder()
                .messages(messages)
                .toolSpecifications(tools)
                .toolChoice(ToolChoice.NONE)
                .build());
        expect(!last.aiMessage().text().isEmpty() && !last.aiMessage().hasToolExecutionRequests(), last);
    }

    /** A call must come first, and words once its result is there. */
    private static ChatRequest callFirst(ChatRequest request) {
        boolean called = request.messages().getLast() instanceof ToolExecutionResultMessage;
        return request.toBuilder()
                .parameters(request.parameters()
                        .overrideWith(ChatRequest.builder()
                                .messages(request.messages())
                                .toolChoice(called ? ToolChoice.NONE : ToolChoice.REQUIRED)
                                .build()
                                .parameters()))
                .build();
    }

    private static void loopsByService() {
        Weather weather = new Weather();
        Assistant assistant = AiServices.builder(Assistant.class)
                .chatModel(CHAT)
                .tools(weather)
                .chatRequestTransformer(Main::callFirst)
                .build();
        String answer = assistant.answer("What is the weather in Paris?");
        expect(weather.calls.get() > 0 && !answer.isEmpty(), answer);
    }

    private static void loopsStreaming() throws Exception {
        Weather weather = new Weather();
        StreamingAssistant assistant = AiServices.builder(StreamingAssistant.class)
                .streamingChatModel(STREAMING)
                .tools(weather)
                .chatRequestTransformer(Main::callFirst)
                .build();
        CompletableFuture<ChatResponse> whole = new CompletableFuture<>();
        StringBuilder pieces = new StringBuilder();
        assistant
                .answer("What is the weather in Paris?")
                .onPartialResponse(pieces::append)
                .onCompleteResponse(whole::complete)
                .onError(whole::completeExceptionally)
                .start();
        ChatResponse response = whole.get(60, TimeUnit.SECONDS);
        expect(weather.calls.get() > 0 && response.aiMessage().text().contentEquals(pieces), response);
    }

    private static void fillsRecord() {
        Clerk clerk = AiServices.create(
                Clerk.class,
                chat(MODEL, 512)
                        .supportedCapabilities(Capability.RESPONSE_FORMAT_JSON_SCHEMA)
                        .strictJsonSchema(true)
                        .build());
        Ticket ticket = clerk.ticket("The disk is full.");
        expect(ticket.title() != null && ticket.priority() != null && ticket.steps() != null, ticket);
    }

    private static void answersJson() {
        ChatResponse response = CHAT.chat(ChatRequest.builder()
                .messages(UserMessage.from("A ticket as JSON: the disk is full."))
                .responseFormat(ResponseFormat.JSON)
                .build());
        expect(response.aiMessage().text().startsWith("{"), response);
    }

    private static void completes() {
        Response<String> completion = OpenAiLanguageModel.builder()
                .baseUrl(V1)
                .apiKey("unused")
                .modelName(MODEL)
                .maxRetries(0)
                .build()
                .generate("The disk");
        expect(completion.content() != null && completion.tokenUsage().outputTokenCount() > 0, completion);
    }

    private static void embeds() {
        List<Embedding> two = EMBEDDINGS
                .embedAll(List.of(TextSegment.from("the disk is full"), TextSegment.from("which process is largest?")))
                .content();
        expect(two.size() == 2 && two.getFirst().dimension() > 1, two);
        expect(two.getFirst().dimension() == two.getLast().dimension(), two);
    }

    private static void embedsCoded() {
        OpenAiEmbeddingModel coded = OpenAiEmbeddingModel.builder()
                .baseUrl(V1)
                .apiKey("unused")
                .modelName(MODEL)
                .encodingFormat("base64")
                .maxRetries(0)
                .build();
        float[] vector = coded.embed("the disk is full").content().vector();
        expect(vector.length > 1, vector.length);
    }

    private static void responds() {
        ChatResponse response = OpenAiResponsesChatModel.builder()
                .baseUrl(V1)
                .apiKey("unused")
                .modelName(MODEL)
                .maxOutputTokens(64)
                .build()
                .chat(UserMessage.from("Say hello."));
        expect(!response.aiMessage().text().isEmpty() && response.tokenUsage().outputTokenCount() > 0, response);
    }

    private static void comesWithWrongKey() throws Exception {
        OpenAiChatModel stranger = guarded(WRONG_KEY);
        expectError(AuthenticationException.class, () -> stranger.chat("Say hello."));
    }

    private static void asksTooOften() throws Exception {
        OpenAiChatModel tenant = guarded(KEY);
        expect(!tenant.chat("Say hello.").isEmpty(), "an answer");
        expectError(RateLimitException.class, () -> tenant.chat("Say hello."));
    }

    private static OpenAiChatModel guarded(String key) {
        return chat(MODEL, 64).baseUrl(GUARDED_URL + "/v1").apiKey(key).build();
    }

    private static void cancels() throws Exception {
        CompletableFuture<Void> cancelled = new CompletableFuture<>();
        AtomicInteger pieces = new AtomicInteger();
        String schema = "{\"type\":\"object\",\"properties\":{\"numbers\":{\"type\":\"array\","
                + "\"items\":{\"type\":\"integer\"},\"minItems\":600}},\"required\":[\"numbers\"],\"additionalProperties\":false}";
        ChatRequest request = ChatRequest.builder()
                .messages(UserMessage.from("Count."))
                .maxOutputTokens(2000)
                .responseFormat(ResponseFormat.builder()
                        .type(ResponseFormatType.JSON)
                        .jsonSchema(JsonSchema.builder()
                                .name("numbers")
                                .rootElement(JsonRawSchema.from(schema))
                                .build())
                        .build())
                .build();
        STREAMING.chat(request, new StreamingChatResponseHandler() {
            @Override
            public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
                if (pieces.incrementAndGet() == 3) {
                    context.streamingHandle().cancel();
                    cancelled.complete(null);
                }
            }

            @Override
            public void onCompleteResponse(ChatResponse response) {
                cancelled.completeExceptionally(new AssertionError("it came to its end"));
            }

            @Override
            public void onError(Throwable error) {
                cancelled.completeExceptionally(error);
            }
        });
        cancelled.get(60, TimeUnit.SECONDS);
    }
}
