package telos.inference.engine;

import java.util.Arrays;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import telos.inference.constraint.Constraint;
import telos.inference.sampling.History;
import telos.inference.sampling.Sampler;
import telos.inference.sampling.SamplingOptions;
import telos.inference.sampling.TokenMask;

/** One request being answered: its tokens so far and how the next is drawn. The engine's thread owns it. */
final class Answer {
    private final long id;
    private final TokenListener listener;
    private final SamplingOptions sampling;
    private final @Nullable Constraint constraint;
    private final Set<Integer> ends;
    private final int prompt;
    private int[] tokens;
    private int length;
    private int cached = -1;

    Answer(long id, GenerationRequest request, TokenListener listener) {
        this.id = id;
        this.listener = listener;
        this.sampling = request.sampling();
        this.constraint = request.constraint();
        this.ends = request.ends();
        this.prompt = request.prompt().length;
        this.tokens = Arrays.copyOf(request.prompt(), prompt + 64);
        this.length = prompt;
    }

    long id() {
        return id;
    }

    TokenListener listener() {
        return listener;
    }

    int prompt() {
        return prompt;
    }

    /** Prompt tokens that were found in memory; known once the first step was scheduled. */
    int cached() {
        return Math.max(0, cached);
    }

    void startsAt(int position) {
        if (cached < 0) {
            cached = position;
        }
    }

    /**
     * What was drawn.
     *
     * @param end it closes the answer and is no part of it
     * @param last nothing may follow it
     */
    record Drawn(int token, boolean end, boolean last) {}

    Drawn draw(Sampler sampler, float[] logits, TokenMask anything) {
        TokenMask allowed = constraint == null ? anything : constraint.allowed();
        int token = sampler.sample(sampling, logits, 0, allowed, new History(tokens, length, prompt));
        if (length == tokens.length) {
            tokens = Arrays.copyOf(tokens, length * 2);
        }
        tokens[length++] = token;
        if (ends.contains(token)) {
            return new Drawn(token, true, true);
        }
        if (constraint != null) {
            constraint.accept(token);
            return new Drawn(token, false, constraint.mustEnd());
        }
        return new Drawn(token, false, false);
    }
}
