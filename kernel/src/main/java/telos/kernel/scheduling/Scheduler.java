package telos.kernel.scheduling;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import telos.kernel.memory.Allocation;
import telos.kernel.memory.BlockCopy;
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
     * An iteration, in the policy's order: every running sequence whose prompt is computed decodes, mostly one token, and
     * several where they are known; then the rest of the budget goes to prefills in chunks, first to running sequences, then to those that wait. A waiting
     * sequence is admitted when its whole prompt gets slots, and nobody is admitted before one that comes earlier in the
     * order. A decode that finds no block preempts the last running sequence in the order, perhaps itself: that one's
     * blocks are freed and it waits again with its generated tokens as part of its prompt.
     *
     * Why nobody starves, first come first served: running sequences all came earlier than waiting ones (but for forks,
     * which run at once only while nobody waits), so the earliest is always running or next to be admitted; it is never
     * preempted, for alone it fits; and it computes at least one token in each iteration. So it ends, and then the next
     * is the earliest.
     *
     * Yu et al., "Orca", OSDI 2022; Agrawal et al., "Sarathi-Serve", OSDI 2024; Kwon et al., SOSP 2023.
     */
    private final BlockPool pool;
    private final Limits limits;
    private final Comparator<Candidate> order;
    private final Map<Long, Sequence> sequences = new HashMap<>();
    private final TreeSet<Sequence> waiting;
    private final List<Sequence> running = new ArrayList<>();
    private @Nullable Batch inFlight;
    private long arrivals;
    private long preemptions;

    public Scheduler(BlockPool pool, Limits limits, Order order) {
        this.pool = pool;
        this.limits = limits;
        this.order = order.thenComparingLong(Candidate::arrival);
        this.waiting = new TreeSet<>(this.order);
    }

    /** Takes a request if it can ever be served. */
    public Admission submit(Request request) {
        Admission.Refused refused = refusal(request);
        if (refused != null) {
            return refused;
        }
        waiting.add(accept(request));
        return new Admission.Accepted(request.sequence());
    }

    /**
     * Takes a request that goes on from all the tokens {@code parent} has now, under its key. Where parent is decoding,
     * no batch is in flight and nobody waits, the two share their blocks at once; else it is a request like any other,
     * and shares what the prefix tree finds.
     */
    public Admission fork(long parent, long child, int maxTokens) {
        Sequence from = known(parent);
        Request request = new Request(child, from.tokens(0, from.length()), maxTokens, from.key());
        Admission.Refused refused = refusal(request);
        if (refused != null) {
            return refused;
        }
        Sequence sequence = accept(request);
        boolean room = inFlight == null && waiting.isEmpty() && running.size() < limits.maxSequences();
        if (room && running.contains(from) && pool.fork(parent, child) instanceof Allocation.Granted) {
            running.add(sequence);
        } else {
            waiting.add(sequence);
        }
        return new Admission.Accepted(child);
    }

    /**
     * Ends a sequence. One whose step is in flight holds its blocks until that batch is applied, all others lose them at
     * once; an unknown one ended before.
     *
     * @return whether nothing of it remains; else {@link #apply} reports its end
     */
    public boolean cancel(long sequence) {
        Sequence cancelled = sequences.get(sequence);
        if (cancelled == null) {
            return true;
        }
        if (inFlight != null && inFlight.steps().stream().anyMatch(step -> step.sequence() == sequence)) {
            cancelled.cancel();
            return false;
        }
        end(cancelled);
        return true;
    }

    /** Decides the next iteration. A batch that is not empty must be applied before the next call. */
    public Batch schedule() {
        if (inFlight != null) {
            throw new IllegalStateException("the last batch was not applied yet");
        }
        Iteration iteration = new Iteration();
        running.sort(order);
        for (Sequence sequence : List.copyOf(running)) {
            if (running.contains(sequence) && isDecoding(sequence)) {
                iteration.decode(sequence);
            }
        }
        for (Sequence sequence : running) {
            if (!iteration.scheduled.contains(sequence.sequence())) {
                iteration.prefill(sequence);
            }
        }
        while (iteration.mayAdmit()) {
            iteration.prefill(running.getLast());
        }
        Batch batch = new Batch(iteration.steps, iteration.copies, iteration.preempted);
        inFlight = batch.isEmpty() ? null : batch;
        return batch;
    }

    /**
     * Folds in what came of the batch in flight.
     *
     * @return the sequences that ended with it, in the order of the batch
     */
    public List<Ended> apply(Outcome outcome) {
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
            Ended.Reason reason = fold(sequence, step, sampled.get(step.sequence()), failed);
            if (reason != null) {
                end(sequence);
                ended.add(new Ended(step.sequence(), reason));
            }
        }
        return List.copyOf(ended);
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
        return waiting.size();
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
        long queued = waiting.stream().filter(waits -> waits.preemptions() == 0).count();
        if (queued >= limits.maxWaiting()) {
            return new Admission.Refused(sequence, Admission.Why.QUEUE_FULL, queued + 1, limits.maxWaiting());
        }
        return null;
    }

    private Sequence accept(Request request) {
        Sequence sequence = new Sequence(request, arrivals++);
        sequences.put(request.sequence(), sequence);
        return sequence;
    }

    private Sequence known(long sequence) {
        Sequence known = sequences.get(sequence);
        if (known == null) {
            throw new IllegalArgumentException("sequence " + sequence + " is not known");
        }
        return known;
    }

    /** Its last tokens have no slots yet; while a sequence prefills, all its tokens have. */
    private boolean isDecoding(Sequence sequence) {
        return table(sequence.sequence()).length() < sequence.length();
    }

    private void end(Sequence sequence) {
        sequences.remove(sequence.sequence());
        if (running.remove(sequence)) {
            pool.free(sequence.sequence());
        } else {
            waiting.remove(sequence);
        }
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
            Sequence sequence, Batch.Step step, Outcome.@Nullable Sampled sampled, Set<Long> failed) {
        if (failed.contains(step.sequence())) {
            return Ended.Reason.FAILED;
        }
        if (sequence.cancelled()) {
            return Ended.Reason.CANCELLED;
        }
        pool.commit(step.sequence(), step.count());
        if (sampled == null) {
            return null;
        }
        sampled.tokens().forEach(sequence::add);
        if (sampled.last()) {
            return Ended.Reason.FINISHED;
        }
        return sequence.full() ? Ended.Reason.LENGTH : null;
    }

    /** One decision in the making. */
    private final class Iteration {
        private final List<Batch.Step> steps = new ArrayList<>();
        private final List<BlockCopy> copies = new ArrayList<>();
        private final List<Long> preempted = new ArrayList<>();
        private final Set<Long> scheduled = new HashSet<>();
        private int budget = limits.tokenBudget();

        /**
         * Gives the sequence slots for its last tokens, at the cost of those that come after it in the order. However many
         * those are, a token of the budget is left for each that runs.
         */
        void decode(Sequence sequence) {
            while (running.contains(sequence)) {
                int start = table(sequence.sequence()).length();
                int end = Math.min(sequence.length(), start + Math.max(1, budget - running.size()));
                int[] tokens = sequence.tokens(start, end);
                if (pool.append(sequence.sequence(), tokens) instanceof Allocation.Granted granted) {
                    copies.addAll(granted.copies());
                    add(new Batch.Step(sequence.sequence(), start, tokens.length, end == sequence.length()));
                    return;
                }
                preempt(running.getLast());
            }
        }

        private void preempt(Sequence victim) {
            running.remove(victim);
            pool.free(victim.sequence());
            victim.preempted();
            preemptions++;
            waiting.add(victim);
            preempted.add(victim.sequence());
        }

        void prefill(Sequence sequence) {
            int start = table(sequence.sequence()).computed();
            int count = Math.min(budget, sequence.length() - start);
            if (count > 0) {
                add(new Batch.Step(sequence.sequence(), start, count, start + count == sequence.length()));
            }
        }

        private void add(Batch.Step step) {
            steps.add(step);
            scheduled.add(step.sequence());
            budget -= step.count();
        }

        /**
         * Moves the first waiting sequence to the end of the running ones, if it gets its slots. Where others run, a
         * block is left for each of them to grow into, so that who is admitted is not preempted at once.
         */
        boolean mayAdmit() {
            if (budget == 0 || waiting.isEmpty() || !preempted.isEmpty() || running.size() == limits.maxSequences()) {
                return false;
            }
            Sequence first = waiting.first();
            Allocation allocation =
                    pool.open(first.sequence(), first.tokens(0, first.length()), first.key(), running.size());
            if (allocation instanceof Allocation.Refused) {
                return false;
            }
            waiting.remove(first);
            running.add(first);
            return true;
        }
    }
}
