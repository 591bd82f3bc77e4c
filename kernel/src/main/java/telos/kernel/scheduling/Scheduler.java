package telos.kernel.scheduling;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import telos.kernel.memory.Allocation;
import telos.kernel.memory.BlockPool;
import telos.kernel.memory.BlockTable;
import telos.kernel.memory.PoolStatistics;

/**
 * Iteration-level continuous batching with chunked prefill under one token budget.
 *
 * <p>Between {@code schedule} and {@code apply} the block tables and tokens of the scheduled sequences stay as they are;
 * submitting and cancelling are allowed then. Not thread-safe: one loop owns it, and nobody else may take blocks from its
 * pool.
 */
public final class Scheduler {
    /*
     * An iteration, in the line's order: every running sequence whose prompt is computed decodes, mostly one token, and
     * several where they are known; then the rest of the budget goes to prompts in chunks, as long as the pace allows.
     * Where it does not allow a chunk as a whole, the chunk goes through the model's depth in several iterations, and
     * counts as computed after the last of them; if the budget becomes too small for it meanwhile, its last tokens are let
     * go. A waiting sequence is admitted when its whole prompt gets slots, and nobody is admitted before one that comes earlier
     * in the line. A decode that finds no block preempts the last running sequence in the line, perhaps itself: that
     * one's blocks are freed and it waits again with its generated tokens as part of its prompt. Where the line says that
     * one who waits may overtake one who runs, the last who runs is preempted for it too, but nobody twice without having
     * generated a token in between.
     *
     * Why it comes to an end, whatever the line says and however it changes its mind: a generated token is never lost, so
     * it is enough that some token is generated in finite time. Suppose none is. Each iteration with a prompt takes at
     * least a token of it through a part of the depth, but for those in which the pace lets prompts stand still, and it
     * does not for ever; so prompts that keep their blocks are computed in finite time, and with the last token of a
     * prompt comes a generated one. Blocks are lost to a decode, which then generates a token, or which was itself the
     * one to give way; and to one that overtakes, once for each sequence. A decode that gave way to others waits for what
     * it has freed and more, so it stays away until somebody ends or loses blocks. So from some time on nobody loses
     * blocks and nobody decodes; then whoever runs is computing its prompt, and finishes it; and if nobody runs, the pool
     * is free, and the first of the line is admitted, for alone it fits. Among the running, the eldest gets a token in
     * every iteration.
     *
     * Why nobody starves is the line's to say: whoever is first of those that wait is the next to be admitted, and the
     * running ones end as shown. First come, first served: the earliest is always running or next, it is never preempted,
     * and it computes at least a part of a token in each such iteration. By virtual time: who waits stays where it is while all that
     * are served in its stead move back, so at some time it is first.
     *
     * Yu et al., "Orca", OSDI 2022; Agrawal et al., "Sarathi-Serve", OSDI 2024; Kwon et al., SOSP 2023; Sheng et al.,
     * "Fairness in Serving Large Language Models", OSDI 2024.
     */
    private final BlockPool pool;
    private final Limits limits;
    private final Line line;
    private final Map<Long, Sequence> sequences = new HashMap<>();
    private final List<Sequence> running = new ArrayList<>();
    private @Nullable Batch inFlight;
    private long arrivals;
    private long preemptions;
    /** Those that never ran. */
    private int newcomers;

    public Scheduler(BlockPool pool, Limits limits, Line line) {
        this.pool = pool;
        this.limits = limits;
        this.line = line;
    }

    /** As {@link #submit(Request, long)}, for lines that look at no clock. */
    public Admission submit(Request request) {
        return submit(request, 0);
    }

    /**
     * Takes a request if it can ever be served.
     *
     * @param now in nanoseconds, of one clock that never goes back
     */
    public Admission submit(Request request, long now) {
        Admission.Refused refused = refusal(request);
        if (refused != null) {
            return refused;
        }
        line.joins(accept(request), now);
        return new Admission.Accepted(request.sequence());
    }

    /**
     * Takes a request that goes on from all the tokens {@code parent} has now, under its key. Where parent is decoding,
     * no batch is in flight and nobody waits, the two share their blocks at once; else it is a request like any other,
     * and shares what the prefix tree finds.
     */
    public Admission fork(long parent, long child, int maxTokens, long now) {
        Sequence from = known(parent);
        Request request = new Request(child, from.tokens(0, from.length()), maxTokens, from.key(), from.claim());
        Admission.Refused refused = refusal(request);
        if (refused != null) {
            return refused;
        }
        Sequence sequence = accept(request);
        boolean room = inFlight == null && waiting() == 1 && running.size() < limits.maxSequences();
        line.joins(sequence, now);
        if (room && running.contains(from) && pool.fork(parent, child) instanceof Allocation.Granted) {
            running.add(sequence);
            begun(sequence);
            line.starts(sequence, now);
            line.charge(sequence, sequence.admitted(sequence.length()), 0, now);
        }
        return new Admission.Accepted(child);
    }

    public Admission fork(long parent, long child, int maxTokens) {
        return fork(parent, child, maxTokens, 0);
    }

    /**
     * Ends a sequence. One whose step is in flight holds its blocks until that batch is applied, all others lose them at
     * once; an unknown one ended before.
     *
     * @return whether nothing of it remains; else {@link #apply} reports its end
     */
    public boolean cancel(long sequence, long now) {
        Sequence cancelled = sequences.get(sequence);
        if (cancelled == null) {
            return true;
        }
        if (inFlight != null && inFlight.steps().stream().anyMatch(step -> step.sequence() == sequence)) {
            cancelled.cancel();
            return false;
        }
        end(cancelled, now);
        return true;
    }

    public boolean cancel(long sequence) {
        return cancel(sequence, 0);
    }

    /** As {@link #schedule(Pace, long)}, with as much of the prompts as the token budget allows. */
    public Batch schedule() {
        return schedule(Pace.unbounded(), 0);
    }

    /** Decides the next iteration. A batch that is not empty must be applied before the next call. */
    public Batch schedule(Pace pace, long now) {
        if (inFlight != null) {
            throw new IllegalStateException("the last batch was not applied yet");
        }
        Batch batch = new Iteration(pool, limits, line, running, pace, now).decide();
        running.forEach(this::begun);
        preemptions += batch.preempted().size();
        inFlight = batch.isEmpty() ? null : batch;
        return batch;
    }

    /**
     * Folds in what came of the batch in flight.
     *
     * @return the sequences that ended with it, in the order of the batch
     */
    public List<Ended> apply(Outcome outcome, long now) {
        Batch batch = inFlight;
        if (batch == null) {
            throw new IllegalStateException("no batch is in flight");
        }
        Map<Long, Outcome.Sampled> sampled = answers(batch, outcome);
        Set<Long> failed = Set.copyOf(outcome.failed());
        inFlight = null;
        List<Ended> ended = new ArrayList<>();
        for (Batch.Step step : batch.steps()) {
            Sequence sequence = known(step.sequence());
            Ended.Reason reason = fold(sequence, step, sampled.get(step.sequence()), failed, now);
            if (reason != null) {
                end(sequence, now);
                ended.add(new Ended(step.sequence(), reason));
            }
        }
        return List.copyOf(ended);
    }

    public List<Ended> apply(Outcome outcome) {
        return apply(outcome, 0);
    }

    /** The token of a sequence at a position: of its prompt, then those it generated. */
    public int token(long sequence, int position) {
        Sequence known = known(sequence);
        return known.token(Objects.checkIndex(position, known.length()));
    }

    /** The tokens that a step computes: a copy. */
    public int[] tokens(Batch.Step step) {
        return known(step.sequence()).tokens(step.start(), step.start() + step.count());
    }

    /** Where the tokens of a running sequence lie. */
    public BlockTable table(long sequence) {
        return pool.table(sequence);
    }

    /** Whether anything runs or waits. */
    public boolean isIdle() {
        return sequences.isEmpty();
    }

    public int waiting() {
        return sequences.size() - running.size();
    }

    public int running() {
        return running.size();
    }

    /** How often a sequence lost its blocks to another. */
    public long preemptions() {
        return preemptions;
    }

    public Limits limits() {
        return limits;
    }

    /** How the pool stands. */
    public PoolStatistics blocks() {
        return pool.statistics();
    }

    /** Every sequence in the order of arrival. */
    public List<SequenceStatus> sequences() {
        return sequences.values().stream()
                .sorted(Comparator.comparingLong(Sequence::arrival))
                .map(this::status)
                .toList();
    }

    private SequenceStatus status(Sequence sequence) {
        boolean runs = pool.isOpen(sequence.sequence());
        return new SequenceStatus(
                sequence.sequence(),
                sequence.key(),
                runs,
                sequence.length(),
                sequence.generated(),
                runs ? table(sequence.sequence()).computed() : 0,
                runs ? table(sequence.sequence()).size() : 0,
                sequence.preemptions());
    }

    private Admission.@Nullable Refused refusal(Request request) {
        long sequence = request.sequence();
        if (sequences.containsKey(sequence)) {
            throw new IllegalArgumentException("sequence " + sequence + " is known already");
        }
        long tokens = (long) request.promptLength() + request.maxTokens();
        if (tokens > limits.context()) {
            return new Admission.Refused(sequence, Admission.Why.LARGER_THAN_CONTEXT, tokens, limits.context());
        }
        // The last generated token is never computed, so it needs no slot.
        int blocks = pool.blocksFor((int) tokens - 1);
        if (blocks > pool.total()) {
            return new Admission.Refused(sequence, Admission.Why.LARGER_THAN_POOL, blocks, pool.total());
        }
        return line.refuses(request, newcomers, limits.maxWaiting()).orElse(null);
    }

    private Sequence accept(Request request) {
        Sequence sequence = new Sequence(request, arrivals++);
        sequences.put(request.sequence(), sequence);
        newcomers++;
        return sequence;
    }

    private Sequence known(long sequence) {
        Sequence known = sequences.get(sequence);
        if (known == null) {
            throw new IllegalArgumentException("sequence " + sequence + " is not known");
        }
        return known;
    }

    private void begun(Sequence sequence) {
        if (!sequence.begun()) {
            sequence.begin();
            newcomers--;
        }
    }

    private void end(Sequence sequence, long now) {
        begun(sequence);
        sequences.remove(sequence.sequence());
        if (running.remove(sequence)) {
            pool.free(sequence.sequence());
        }
        if (sequence.unused() > 0) {
            line.charge(sequence, -sequence.unused(), 0, now);
        }
        line.leaves(sequence, now);
    }

    /** The sampled tokens by sequence, once it is sure that the outcome answers the batch. */
    private Map<Long, Outcome.Sampled> answers(Batch batch, Outcome outcome) {
        Set<Long> scheduled = new HashSet<>();
        Set<Long> wanting = new HashSet<>();
        for (Batch.Step step : batch.steps()) {
            scheduled.add(step.sequence());
            if (step.logits()) {
                wanting.add(step.sequence());
            }
        }
        Map<Long, Outcome.Sampled> sampled = new HashMap<>();
        for (Outcome.Sampled one : outcome.sampled()) {
            if (!wanting.contains(one.sequence()) || sampled.put(one.sequence(), one) != null) {
                throw new IllegalArgumentException(
                        "sequence " + one.sequence() + " was not to be sampled, or was sampled twice");
            }
        }
        for (Outcome.Sampled one : outcome.sampled()) {
            if (one.tokens().size() > known(one.sequence()).left()) {
                throw new IllegalArgumentException("sequence " + one.sequence() + " was given "
                        + one.tokens().size() + " tokens and may generate "
                        + known(one.sequence()).left() + " more");
            }
        }
        if (!scheduled.containsAll(outcome.failed())) {
            throw new IllegalArgumentException("sequences failed that were not in the batch: " + outcome.failed());
        }
        wanting.removeAll(sampled.keySet());
        wanting.removeAll(Set.copyOf(outcome.failed()));
        wanting.removeIf(sequence -> known(sequence).cancelled());
        if (!wanting.isEmpty()) {
            throw new IllegalArgumentException("no token was sampled for " + wanting);
        }
        return sampled;
    }

    private Ended.@Nullable Reason fold(
            Sequence sequence, Batch.Step step, Outcome.@Nullable Sampled sampled, Set<Long> failed, long now) {
        if (failed.contains(step.sequence())) {
            return Ended.Reason.FAILED;
        }
        if (sequence.cancelled()) {
            return Ended.Reason.CANCELLED;
        }
        sequence.did(step.piece());
        if (step.depth().reachesTheEnd()) {
            pool.commit(step.sequence(), step.count());
            sequence.computed(step.start() + step.count());
        }
        if (sampled == null) {
            return null;
        }
        sampled.tokens().forEach(sequence::add);
        line.charge(sequence, 0, sampled.tokens().size(), now);
        if (sampled.last()) {
            return Ended.Reason.FINISHED;
        }
        return sequence.full() ? Ended.Reason.LENGTH : null;
    }
}
