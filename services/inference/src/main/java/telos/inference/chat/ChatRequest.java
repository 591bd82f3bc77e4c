package telos.inference.chat;

import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import telos.inference.sampling.SamplingOptions;
import telos.kernel.Message;
import telos.kernel.ToolSpec;

/**
 * One turn asked of a model.
 *
 * @param messages oldest first
 * @param tools what the model may call
 * @param parallelCalls whether one turn may hold several calls
 * @param form what an answer in text must look like; a turn of tool calls is not held to it
 * @param logprobs how many alternatives to tell for each token, 0 to {@value #MAX_ALTERNATIVES}; empty for no
 *     probabilities
 * @param tenant whose request it is; requests of different tenants never share cached blocks
 */
public record ChatRequest(
        List<Message> messages,
        List<ToolSpec> tools,
        ToolChoice toolChoice,
        boolean parallelCalls,
        OutputForm form,
        SamplingOptions sampling,
        OptionalInt logprobs,
        String tenant) {
    public static final int MAX_ALTERNATIVES = 20;

    public ChatRequest {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
        Objects.requireNonNull(toolChoice, "toolChoice");
        Objects.requireNonNull(form, "form");
        Objects.requireNonNull(sampling, "sampling");
        checkAlternatives(logprobs);
        Objects.requireNonNull(tenant, "tenant");
    }

    /** A turn in plain text or single calls. */
    public static ChatRequest of(
            List<Message> messages, List<ToolSpec> tools, ToolChoice choice, SamplingOptions sampling, String tenant) {
        return new ChatRequest(
                messages, tools, choice, false, new OutputForm.Free(), sampling, OptionalInt.empty(), tenant);
    }

    static void checkAlternatives(OptionalInt logprobs) {
        int asked = logprobs.orElse(0);
        if (asked < 0 || asked > MAX_ALTERNATIVES) {
            throw new IllegalArgumentException(
                    "top_logprobs is " + asked + ": give a whole number from 0 to " + MAX_ALTERNATIVES);
        }
    }
}
