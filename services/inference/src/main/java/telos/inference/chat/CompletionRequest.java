package telos.inference.chat;

import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import telos.inference.sampling.SamplingOptions;
import telos.kernel.scheduling.Claim;

/**
 * A text to go on with, without a chat template.
 *
 * @param logprobs how many alternatives to tell for each token, 0 to {@value ChatRequest#MAX_ALTERNATIVES}; empty for
 *     no probabilities
 * @param echo whether the answer starts with the prompt's text
 * @param claim whose request it is, and how urgent; requests of different tenants never share cached blocks
 */
public record CompletionRequest(
        Prompt prompt, OutputForm form, SamplingOptions sampling, OptionalInt logprobs, boolean echo, Claim claim) {
    public CompletionRequest {
        Objects.requireNonNull(prompt, "prompt");
        Objects.requireNonNull(form, "form");
        Objects.requireNonNull(sampling, "sampling");
        ChatRequest.checkAlternatives(logprobs);
        Objects.requireNonNull(claim, "claim");
    }

    /** Of a tenant that is in no hurry. */
    public CompletionRequest(
            Prompt prompt,
            OutputForm form,
            SamplingOptions sampling,
            OptionalInt logprobs,
            boolean echo,
            String tenant) {
        this(prompt, form, sampling, logprobs, echo, Claim.of(tenant, ""));
    }

    public String tenant() {
        return claim.tenant();
    }

    /** What to go on from. */
    public sealed interface Prompt {
        /** A text, encoded as the model expects its input; names of control tokens in it are text. */
        record Text(String text) implements Prompt {}

        /** Tokens, taken as they are. */
        record Tokens(List<Integer> tokens) implements Prompt {
            public Tokens {
                tokens = List.copyOf(tokens);
            }
        }
    }
}
