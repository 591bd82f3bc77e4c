package telos.kernel.scheduling;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import telos.kernel.memory.Allocation;
import telos.kernel.memory.BlockCopy;
import telos.kernel.memory.BlockPool;
import telos.kernel.memory.BlockTable;

/** One decision of a {@link Scheduler} in the making; it takes from the pool and changes who runs. */
final class Iteration {
    private static final Piece NOTHING = new Piece(0, 0, Depth.WHOLE);

    private final BlockPool pool;
    private final Limits limits;
    private final Line line;
    private final List<Sequence> running;
    private final Pace pace;
    private final long now;
    private final List<Batch.Step> steps = new ArrayList<>();
    private final List<BlockCopy> copies = new ArrayList<>();
    private final List<Long> preempted = new ArrayList<>();
    private final Set<Long> scheduled = new HashSet<>();
    private int budget;
    private Load alone = Load.NONE;
    private Load load = Load.NONE;

    Iteration(BlockPool pool, Limits limits, Line line, List<Sequence> running, Pace pace, long now) {
        this.pool = pool;
        this.limits = limits;
        this.line = line;
        this.running = running;
        this.pace = pace;
        this.now = now;
        this.budget = limits.tokenBudget();
    }

    Batch decide() {
        overtake();
        running.sort(line::compare);
        for (Sequence sequence : running) {
            if (isDecoding(sequence)) {
                alone = alone.andDecode(table(sequence).length());
            }
        }
        load = alone;
        for (Sequence sequence : List.copyOf(running)) {
            if (running.contains(sequence) && isDecoding(sequence)) {
                decode(sequence);
            }
        }
        if (steps.isEmpty() || !pace.pauses()) {
            prefills();
        }
        return new Batch(steps, copies, preempted);
    }

    private BlockTable table(Sequence sequence) {
        return pool.table(sequence.sequence());
    }

    /** Its last tokens have no slots yet; while a sequence prefills, all its tokens have. */
    private boolean isDecoding(Sequence sequence) {
        return table(sequence).length() < sequence.length();
    }

    /** Makes room for those who wait and may take the place of others. */
    private void overtake() {
        Optional<Candidate> first = line.first(now);
        while (first.isPresent() && !running.isEmpty()) {
            Sequence waits = (Sequence) first.get();
            Sequence last = running.stream().max(line::compare).orElseThrow();
            if (!line.overtakes(waits, last)) {
                return;
            }
            if (!admits(waits)) {
                if (last.wasOvertaken()) {
                    return;
                }
                last.overtaken();
                preempt(last);
                boolean _ = admits(waits);
            }
            first = line.first(now);
        }
    }

    /**
     * Gives the sequence slots for its last tokens, at the cost of those that come after it in the line. However many those
     * are, a token of the budget is left for each that runs.
     */
    private void decode(Sequence sequence) {
        while (running.contains(sequence)) {
            int start = table(sequence).length();
            int most = Math.min(sequence.length() - start, Math.max(1, budget - running.size()));
            int more = most == 1 ? 0 : pace.chunk(alone, load, start + 1, most - 1);
            int[] tokens = sequence.tokens(start, start + 1 + more);
            if (pool.append(sequence.sequence(), tokens) instanceof Allocation.Granted granted) {
                copies.addAll(granted.copies());
                load = load.andPrefill(start + 1, more);
                add(sequence, new Piece(start, tokens.length, Depth.whole(limits.parts())));
                return;
            }
            preempt(running.getLast());
        }
    }

    private void preempt(Sequence victim) {
        running.remove(victim);
        pool.free(victim.sequence());
        victim.preempted();
        line.returns(victim, now);
        preempted.add(victim.sequence());
    }

    /** In the line's order, those that run and those that wait. Something is left for whoever came first of those that run. */
    private void prefills() {
        List<Sequence> left = new ArrayList<>(running);
        left.removeIf(sequence -> scheduled.contains(sequence.sequence()));
        Optional<Sequence> eldest = left.stream().min((a, b) -> Long.compare(a.arrival(), b.arrival()));
        boolean admitting = preempted.isEmpty() || running.isEmpty();
        while (budget > 0) {
            Optional<Candidate> waits = admitting ? line.first(now) : Optional.empty();
            if (waits.isPresent() && (left.isEmpty() || line.compare(waits.get(), left.getFirst()) < 0)) {
                Sequence first = (Sequence) waits.get();
                boolean favoured = eldest.isEmpty();
                Piece owed = owed(eldest, left);
                Piece last = new Piece(first.length() - 1, 1, Depth.whole(limits.parts()));
                if (cut(last, owed, favoured).count() == 0 || !admits(first)) {
                    admitting = false;
                    continue;
                }
                admitting = preempted.isEmpty();
                prefill(first, owed, favoured);
                if (favoured) {
                    eldest = Optional.of(first);
                }
            } else if (left.isEmpty()) {
                return;
            } else {
                Sequence next = left.removeFirst();
                prefill(next, owed(eldest, left), eldest.filter(next::equals).isPresent());
            }
        }
    }

    /** What the eldest is to get in any case, as long as it is its turn yet. */
    private Piece owed(Optional<Sequence> eldest, List<Sequence> left) {
        return eldest.filter(left::contains).map(this::least).orElse(NOTHING);
    }

    /** The least by which its prompt comes further, without losing anything. */
    private Piece least(Sequence sequence) {
        Piece next = next(sequence);
        return next.tokens(sequence.isAmidChunk() ? next.count() : 1).parts(1);
    }

    private Piece next(Sequence sequence) {
        return sequence.next(table(sequence).computed(), limits.parts());
    }

    private void prefill(Sequence sequence, Piece owed, boolean favoured) {
        Piece next = next(sequence);
        Piece piece = cut(next, owed, favoured);
        boolean loses = sequence.isAmidChunk() && piece.count() < next.count();
        if (piece.count() > 0 && (favoured || !loses)) {
            load = load.and(piece);
            add(sequence, piece);
        }
    }

    /**
     * How much of a prompt the budget and the pace allow.
     *
     * @param owed to another
     * @param favoured whether a token of it goes through a part of the depth in any case
     */
    private Piece cut(Piece next, Piece owed, boolean favoured) {
        Piece possible = next.tokens(Math.clamp(budget - owed.count(), 0, next.count()));
        Piece paced = possible.count() == 0 ? possible : pace.cut(alone, load.and(owed), possible);
        return favoured && paced.count() == 0
                ? possible.tokens(Math.min(1, possible.count())).parts(1)
                : paced;
    }

    private void add(Sequence sequence, Piece piece) {
        boolean logits = piece.depth().reachesTheEnd() && piece.start() + piece.count() == sequence.length();
        steps.add(new Batch.Step(sequence.sequence(), piece.start(), piece.count(), piece.depth(), logits));
        scheduled.add(sequence.sequence());
        budget -= piece.count();
    }

    /**
     * Lets one that waits run, if it gets its slots. Where others run, a block is left for each of them to grow into, so
     * that who is admitted is not preempted at once.
     */
    private boolean admits(Sequence first) {
        if (running.size() == limits.maxSequences()) {
            return false;
        }
        Allocation allocation =
                pool.open(first.sequence(), first.tokens(0, first.length()), first.key(), running.size());
        if (allocation instanceof Allocation.Refused) {
            return false;
        }
        running.add(first);
        line.starts(first, now);
        line.charge(first, first.admitted(table(first).computed()), 0, now);
        return true;
    }
}
