package telos.inference.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import telos.inference.constraint.Constraint;
import telos.inference.model.Chunk;
import telos.inference.model.HiddenStates;
import telos.inference.sampling.History;
import telos.inference.sampling.Likelihood;
import telos.inference.sampling.SamplingOptions;
import telos.inference.sampling.TokenMask;
import telos.kernel.scheduling.Claim;
import telos.kernel.scheduling.Outcome;

/**
 * One request being answered: its tokens so far and how the next is drawn. A token that the constraint leaves no choice
 * about is appended without asking the model, so a run of such tokens is computed in one step; where probabilities are
 * asked for, every token is drawn from the model's logits. What may be drawn is worked out beside the pass.
 */
final class Answer implements Job {
    /** A longer run of tokens without a choice takes several steps, so that others are not kept waiting. */
    private static final int MOST_AT_ONCE = 64;

    private final long id;
    private final Claim claim;
    private final TokenListener listener;
    private final HiddenStates between = new HiddenStates();
    private final SamplingOptions sampling;
    private final @Nullable Constraint constraint;
    private final Set<Integer> ends;
    private final OptionalInt logprobs;
    private final int prompt;
    private int[] tokens;
    private int length;
    private int cached = -1;
    /** What the constraint allows next, where that was begun. */
    private @Nullable ComingMask coming;

    Answer(long id, GenerationRequest request, TokenListener listener) {
        this.id = id;
        this.claim = request.claim();
        this.listener = listener;
        this.sampling = request.sampling();
        this.constraint = request.constraint();
        this.ends = request.ends();
        this.logprobs = request.logprobs();
        this.prompt = request.prompt().length;
        this.tokens = Arrays.copyOf(request.prompt(), prompt + 64);
        this.length = prompt;
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public Claim claim() {
        return claim;
    }

    @Override
    public HiddenStates between() {
        return between;
    }

    @Override
    public Chunk.Output wants(boolean last) {
        return last ? Chunk.Output.LOGITS : Chunk.Output.NOTHING;
    }

    @Override
    public void startsAt(int position) {
        if (cached < 0) {
            cached = position;
        }
    }

    @Override
    public int cached() {
        return Math.max(0, cached);
    }

    @Override
    public void ended(Ending ending) {
        listener.ended(ending);
    }

    @Override
    public void beside(Executor worker) {
        if (constraint != null && coming == null && !constraint.settled()) {
            coming = new ComingMask(constraint, worker);
        }
    }

    @Override
    public Outcome.@Nullable Sampled take(Chunk chunk, float[] logits, boolean last, Drawing drawing) {
        if (!last) {
            return null;
        }
        TokenMask allowed = constraint == null ? drawing.anything() : allowed(constraint);
        int drawn = drawing.sampler().sample(sampling, logits, 0, allowed, new History(tokens, length, prompt));
        List<Integer> taken = new ArrayList<>();
        taken.add(drawn);
        boolean over = append(drawn, logits);
        int most = logprobs.isPresent() ? 1 : Math.min(MOST_AT_ONCE, sampling.maxTokens() - (length - prompt) + 1);
        while (constraint != null && !over && taken.size() < most) {
            int forced = constraint.only();
            if (forced < 0) {
                break;
            }
            taken.add(forced);
            over = append(forced, logits);
        }
        return new Outcome.Sampled(id, taken, over);
    }

    private TokenMask allowed(Constraint holding) {
        ComingMask begun = coming;
        coming = null;
        return begun == null ? holding.allowed() : begun.take();
    }

    /** Whether nothing may follow; a token that ends the answer is no part of it. */
    private boolean append(int token, float[] logits) {
        if (length == tokens.length) {
            tokens = Arrays.copyOf(tokens, length * 2);
        }
        tokens[length++] = token;
        if (ends.contains(token)) {
            return true;
        }
        if (constraint != null) {
            constraint.accept(token);
        }
        if (logprobs.isPresent()) {
            listener.token(token, Likelihood.of(logits, token, logprobs.getAsInt()));
        } else {
            listener.token(token);
        }
        return constraint != null && constraint.mustEnd();
    }
}
