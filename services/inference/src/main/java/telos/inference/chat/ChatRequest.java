package telos.inference.chat;

import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import telos.inference.sampling.SamplingOptions;
import telos.kernel.Message;
import telos.kernel.ToolSpec;
import telos.kernel.scheduling.Claim;
import telos.kernel.security.Label;

/**
 * One turn asked of a model.
 *
 * @param messages oldest first
 * @param tools what the model may call
 * @param parallelCalls whether one turn may hold several calls
 * @param form what an answer in text must look like; a turn of tool calls is not held to it
 * @param logprobs how many alternatives to tell for each token, 0 to {@value #MAX_ALTERNATIVES}; empty for no
 *     probabilities
 * @param claim whose request it is, and how urgent; requests of different tenants never share cached blocks
 * @param label what it is made of, as far as whoever asks says so
 */
public record ChatRequest(
        List<Message> messages,
        List<ToolSpec> tools,
        ToolChoice toolChoice,
        boolean parallelCalls,
        OutputForm form,
        SamplingOptions sampling,
        OptionalInt logprobs,
        Claim claim,
        Label label) {
    public static final int MAX_ALTERNATIVES = 20;

    public ChatRequest {
        messages = List.copyOf(messages);
        tools = List.copyOf(tools);
        Objects.requireNonNull(toolChoice, "toolChoice");
        Objects.requireNonNull(form, "form");
        Objects.requireNonNull(sampling, "sampling");
        checkAlternatives(logprobs);
        Objects.requireNonNull(claim, "claim");
        Objects.requireNonNull(label, "label");
    }

    /** A turn of which nothing is said but what is in it. */
    public ChatRequest(
            List<Message> messages,
            List<ToolSpec> tools,
            ToolChoice toolChoice,
            boolean parallelCalls,
            OutputForm form,
            SamplingOptions sampling,
            OptionalInt logprobs,
            Claim claim) {
        this(messages, tools, toolChoice, parallelCalls, form, sampling, logprobs, claim, Label.BOTTOM);
    }

    /** A tenant's turn that is in no hurry. */
    public ChatRequest(
            List<Message> messages,
            List<ToolSpec> tools,
            ToolChoice toolChoice,
            boolean parallelCalls,
            OutputForm form,
            SamplingOptions sampling,
            OptionalInt logprobs,
            String tenant) {
        this(messages, tools, toolChoice, parallelCalls, form, sampling, logprobs, Claim.of(tenant, ""));
    }

    public String tenant() {
        return claim.tenant();
    }

    /** A turn in plain text or single calls. */
    public static ChatRequest of(
            List<Message> messages, List<ToolSpec> tools, ToolChoice choice, SamplingOptions sampling, Claim claim) {
        return new ChatRequest(
                messages, tools, choice, false, new OutputForm.Free(), sampling, OptionalInt.empty(), claim);
    }

    /** As above, of a tenant that is in no hurry. */
    public static ChatRequest of(
            List<Message> messages, List<ToolSpec> tools, ToolChoice choice, SamplingOptions sampling, String tenant) {
        return of(messages, tools, choice, sampling, Claim.of(tenant, ""));
    }

    static void checkAlternatives(OptionalInt logprobs) {
        int asked = logprobs.orElse(0);
        if (asked < 0 || asked > MAX_ALTERNATIVES) {
            throw new IllegalArgumentException(
                    "top_logprobs is " + asked + ": give a whole number from 0 to " + MAX_ALTERNATIVES);
        }
    }
}
