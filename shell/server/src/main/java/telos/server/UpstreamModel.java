package telos.server;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import telos.inference.chat.ChatListener;
import telos.inference.chat.ChatOutcome;
import telos.inference.chat.ChatRequest;
import telos.inference.chat.OutputForm;
import telos.inference.chat.ToolChoice;
import telos.inference.sampling.SamplingOptions;
import telos.upstream.DeltaListener;
import telos.upstream.Upstream;
import telos.upstream.UpstreamReply;
import telos.upstream.UpstreamRequest;

/** A model that a server elsewhere runs. */
final class UpstreamModel implements ServedModel {
    private final String address;
    private final Upstream upstream;

    UpstreamModel(String address, Upstream upstream) {
        this.address = address;
        this.upstream = upstream;
    }

    @Override
    public String name() {
        return address;
    }

    @Override
    public ModelDescription description() {
        return new ModelDescription(address, upstream.base().toString(), upstream.model(), 0, 0, 0);
    }

    @Override
    public ChatOutcome generate(ChatRequest request, ChatListener listener) throws InterruptedException {
        if (request.form() instanceof OutputForm.Pattern || request.form() instanceof OutputForm.Grammar) {
            return new ChatOutcome.Refused(
                    ChatOutcome.Reason.UNSUPPORTED, "a model server elsewhere is not asked for patterns and grammars");
        }
        if (request.logprobs().isPresent()) {
            return new ChatOutcome.Refused(
                    ChatOutcome.Reason.UNSUPPORTED, "a model server elsewhere is not asked for probabilities");
        }
        if (!request.sampling().logitBias().isEmpty()) {
            return new ChatOutcome.Refused(
                    ChatOutcome.Reason.UNSUPPORTED, "a model server elsewhere is not asked for a logit bias");
        }
        return switch (upstream.generate(sent(request), deltas(listener))) {
            case UpstreamReply.Completed completed ->
                new ChatOutcome.Completed(
                        completed.message(),
                        !completed.message().calls().isEmpty()
                                ? ChatOutcome.Finish.TOOL_CALLS
                                : completed.cutAtLimit() ? ChatOutcome.Finish.LENGTH : ChatOutcome.Finish.STOP,
                        new ChatOutcome.Usage(completed.promptTokens(), 0, completed.completionTokens()));
            case UpstreamReply.Failed failed -> new ChatOutcome.Failed(failed.why());
        };
    }

    static UpstreamRequest sent(ChatRequest request) {
        return new UpstreamRequest(
                request.messages(),
                request.tools(),
                choice(request.toolChoice()),
                schema(request.form()),
                numbers(request.sampling()),
                request.sampling().stop(),
                request.parallelCalls());
    }

    private static Optional<String> schema(OutputForm form) {
        return switch (form) {
            case OutputForm.Schema(String json, boolean _) -> Optional.of(json);
            case OutputForm.AnyJson _ -> Optional.of("{\"type\":\"object\"}");
            case OutputForm.Free _, OutputForm.Pattern _, OutputForm.Grammar _ -> Optional.empty();
        };
    }

    private static DeltaListener deltas(ChatListener listener) {
        return new DeltaListener() {
            @Override
            public void text(String delta) throws IOException {
                listener.text(delta, List.of());
            }

            @Override
            public void call(int index, String id, String name, String argumentsDelta) throws IOException {
                listener.call(index, id, name, argumentsDelta);
            }

            @Override
            public void waiting() throws IOException {
                listener.waiting();
            }
        };
    }

    private static String choice(ToolChoice choice) {
        return switch (choice) {
            case ToolChoice.Auto _ -> "auto";
            case ToolChoice.None _ -> "none";
            case ToolChoice.Required _ -> "required";
            case ToolChoice.Named(String tool) -> "=" + tool;
        };
    }

    /** Values that are no more than the default are left out: not every server knows them all. */
    private static Map<String, Number> numbers(SamplingOptions sampling) {
        Map<String, Number> numbers = new HashMap<>();
        numbers.put("temperature", sampling.temperature());
        numbers.put("max_tokens", sampling.maxTokens());
        if (sampling.topP() < 1) {
            numbers.put("top_p", sampling.topP());
        }
        if (sampling.frequencyPenalty() != 0) {
            numbers.put("frequency_penalty", sampling.frequencyPenalty());
        }
        if (sampling.presencePenalty() != 0) {
            numbers.put("presence_penalty", sampling.presencePenalty());
        }
        if (sampling.topK() > 0) {
            numbers.put("top_k", sampling.topK());
        }
        if (sampling.minP() > 0) {
            numbers.put("min_p", sampling.minP());
        }
        if (sampling.repetitionPenalty() != 1) {
            numbers.put("repetition_penalty", sampling.repetitionPenalty());
        }
        if (sampling.repeatable()) {
            numbers.put("seed", sampling.seed());
        }
        return numbers;
    }

    @Override
    public void close() {
        upstream.close();
    }
}
