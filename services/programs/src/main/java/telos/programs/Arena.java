package telos.programs;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import telos.devices.linux.CpuSet;
import telos.devices.linux.Family;
import telos.kernel.scheduling.Addition;
import telos.kernel.scheduling.Bounds;
import telos.kernel.scheduling.Change;
import telos.kernel.scheduling.EntityId;
import telos.kernel.scheduling.EntityStatus;
import telos.kernel.scheduling.EntityTree;
import telos.kernel.scheduling.Level;
import telos.kernel.scheduling.Past;
import telos.kernel.scheduling.Phase;
import telos.kernel.scheduling.Policy;
import telos.kernel.scheduling.Refusal;
import telos.kernel.scheduling.Shares;

/**
 * Programs that compete for the same CPUs, and one entity tree that says whose slice it is.
 *
 * <p>As many run at a time as there are CPUs for them; the rest that want to run are stopped. A program that sleeps is not
 * stopped, so that what it waits for wakes it, and it is not waited for: its CPU goes on to the next. When its clock shows
 * that it has run, it takes its place in the tree, and is stopped if it is not its turn. What it used is charged in any case.
 *
 * <p>A program can use no more than the CPUs that its threads fill, and only those that it is bound to, whatever its weight. So
 * that its siblings do not pay for a share that it cannot take, weights are cut to what can be had ({@link Entitlement}), as in
 * Chandra et al., "Surplus Fair Scheduling", OSDI 2000. Whose turn it is and who can have no CPU now is passed over, and keeps
 * its place.
 *
 * <p>A long file, because who runs is decided here from all that is known of everybody.
 */
final class Arena {
    /** How many of those that wait are asked at most, between two calm looks, whether a signal waits for them. */
    private static final int ASKED_AT_ONCE = 64;

    private final CpuSet cpus;
    private final Rhythm rhythm;
    private final EntityTree tree;
    private final SliceLog log;
    private final String name;
    private final Map<EntityId, Program> programs = new HashMap<>();
    private boolean unbalanced;

    Arena(CpuSet cpus, Rhythm rhythm, Policy policy, SliceLog log) {
        this.cpus = cpus;
        this.rhythm = rhythm;
        this.tree = new EntityTree(policy, new Bounds(Bounds.USUAL.entities(), Promises.most(cpus)));
        this.log = log;
        this.name = "cpu " + cpus + (rhythm.slices() ? "" : " by cgroup");
    }

    CpuSet cpus() {
        return cpus;
    }

    /** No two that are there at the same time have the same. */
    String name() {
        return name;
    }

    Map<EntityId, Program> programs() {
        return programs;
    }

    Policy policy() {
        return tree.policy();
    }

    void policy(Policy policy, long now) {
        tree.policy(policy, now);
    }

    /** Takes a program in as it stands; without its reservation, if there is no room for that here. */
    void add(Program program, long now) {
        EntityId entity = switch (tree.add(tree.root(), Level.AGENT, program.name, program.shares, now)) {
            case Addition.Added(EntityId id) -> id;
            case Addition.Refused _ -> {
                program.shares = program.shares.withoutDeadline();
                yield tree.add(tree.root(), Level.AGENT, program.name, program.shares, now)
                        .orThrow();
            }
        };
        program.entity = entity;
        programs.put(entity, program);
        switch (program.standing) {
            case RUNNING -> tree.dispatch(entity, now);
            case WAITING -> tree.ready(entity, now);
            case SLEEPING, STOPPED, ENDED, RELEASED -> {}
        }
        unbalanced = true;
    }

    /** Gives a program up, as it stands; returns its accounts. */
    Past remove(Program program, long now) {
        EntityId entity = entity(program);
        Past past = tree.past(entity, now);
        tree.remove(entity);
        programs.remove(entity);
        program.entity = null;
        unbalanced = true;
        return past;
    }

    /** Has programs go on with the accounts that they had elsewhere, once all that come from there are here. */
    void carryOn(Map<Program, Past> pasts, long now) {
        pasts.forEach((program, past) -> tree.carryOn(entity(program), past, now));
    }

    /** Gives a program other shares, or refuses them and leaves it those that it had. */
    Change weigh(Program program, Shares shares, long now) {
        Optional<Refusal> overbooked = Promises.refusal(program, shares, programs.values());
        if (overbooked.isPresent()) {
            return new Change.Refused(overbooked.get());
        }
        Change changed = tree.set(entity(program), shares, now);
        if (changed instanceof Change.Changed) {
            program.shares = shares;
            unbalanced = true;
        }
        return changed;
    }

    /** All accounts, by the programs' own numbers, and with the shares that they were given. */
    List<EntityStatus> status(long now) {
        return tree.status(now).stream().map(this::named).toList();
    }

    private EntityStatus named(EntityStatus seen) {
        Program program = programs.get(seen.id());
        return program == null
                ? seen
                : new EntityStatus(
                        new EntityId(program.id),
                        seen.parent(),
                        seen.level(),
                        seen.name(),
                        program.shares,
                        seen.phase(),
                        seen.waiting(),
                        seen.served(),
                        seen.asked(),
                        seen.got(),
                        seen.lag(),
                        seen.attained(),
                        seen.waited(),
                        seen.longestWait(),
                        seen.dispatches(),
                        seen.preemptions());
    }

    /** A signal that may end it has been sent to a program, which cannot take it while it is stopped. */
    void urge(Program program) {
        program.urgent |= program.standing == Standing.WAITING;
    }

    /** How long a program can be stopped at a time, as things are now. */
    long stopBound() {
        return rhythm.longestStop(programs.size());
    }

    /**
     * Looks at the programs and moves them.
     *
     * @return when to come back, at the latest
     */
    long turn(long now) {
        for (Program program : programs.values()) {
            look(program, now);
        }
        List<Program> ended = programs.values().stream()
                .filter(program -> program.standing == Standing.ENDED)
                .toList();
        ended.forEach(program -> remove(program, now));
        boolean due = programs.values().stream().anyMatch(program -> due(program, now));
        boolean room = running().stream().mapToInt(program -> program.width).sum() < cpus.size();
        boolean crowded = rhythm.slices() && running().size() > cpus.size();
        if (due || crowded || (room && waits())) {
            divide(now);
        }
        return now + pause();
    }

    private long pause() {
        if (waits()) {
            return rhythm.look();
        }
        return programs.size() > 1 && !running().isEmpty() ? rhythm.look() : rhythm.calm();
    }

    private boolean due(Program program, long now) {
        return switch (program.standing) {
            case RUNNING -> waits() && now - program.moved >= rhythm.slice();
            case WAITING -> program.urgent || overdue(program, now);
            case SLEEPING, STOPPED, ENDED, RELEASED -> false;
        };
    }

    private boolean waits() {
        return programs.values().stream().anyMatch(program -> program.standing == Standing.WAITING);
    }

    private List<Program> running() {
        return programs.values().stream()
                .filter(program -> program.standing == Standing.RUNNING)
                .toList();
    }

    private void look(Program program, long now) {
        boolean calm = now - program.lookedAt < rhythm.calm();
        switch (program.standing) {
            case RUNNING -> settle(program, now);
            case SLEEPING -> {
                if (program.family.stirred() || !calm) {
                    settle(program, now);
                }
            }
            case STOPPED -> {
                if (!calm) {
                    settle(program, now);
                }
            }
            case WAITING -> {
                if (!calm) {
                    long before = program.charged;
                    Family.Survey seen = program.look(now);
                    charge(program, seen, now);
                    if (!seen.alive()) {
                        end(program, now);
                    } else if (program.charged - before > rhythm.look() && now - program.moved > rhythm.calm()) {
                        boolean _ = program.family.stop(); // somebody else has continued it, out of its turn
                    }
                }
                if (now - program.askedAt >= rhythm.calm() * (1 + programs.size() / ASKED_AT_ONCE)) {
                    program.askedAt = now;
                    program.urgent |= program.family.summoned();
                }
            }
            case ENDED, RELEASED -> {}
        }
    }

    /** What a look at a program that is not stopped by us makes of it. */
    private void settle(Program program, long now) {
        EntityId entity = entity(program);
        int width = program.width;
        Family.Survey seen = program.look(now);
        charge(program, seen, now);
        Standing before = program.standing;
        if (!seen.alive()) {
            end(program, now);
        } else if (seen.stopped()) {
            tree.idle(entity, now);
            stands(program, Standing.STOPPED, now);
        } else if (seen.awake() == 0) {
            tree.idle(entity, now);
            stands(program, Standing.SLEEPING, now);
        } else if (before != Standing.RUNNING) {
            tree.ready(entity, now);
            if (rhythm.slices()) {
                hold(program, now);
            } else {
                tree.dispatch(entity, now);
                stands(program, Standing.RUNNING, now);
                program.moved = now;
            }
        }
        unbalanced |= before != program.standing || width != program.width;
    }

    private void stands(Program program, Standing standing, long now) {
        program.stands(standing, name, log, now);
    }

    private void charge(Program program, Family.Survey seen, long now) {
        long used = Math.clamp(seen.cpuNanos() - program.charged, 0, EntityTree.MAX_SERVICE);
        program.charged = seen.cpuNanos();
        if (used > 0) {
            tree.charge(entity(program), used, now);
        }
    }

    private void end(Program program, long now) {
        tree.idle(entity(program), now);
        stands(program, Standing.ENDED, now);
    }

    /** Stops a program that waits; it runs on where nobody would continue it. */
    private void hold(Program program, long now) {
        boolean stopped = program.family.stop();
        stands(program, Standing.WAITING, now);
        program.moved = now;
        program.askedAt = now;
        if (!stopped) {
            tree.dispatch(entity(program), now);
            stands(program, Standing.RUNNING, now);
        }
    }

    /** Chooses anew who runs. Those whose slice is over wait like the others, and go on if they are chosen again. */
    private void divide(long now) {
        balance(now);
        List<Program> before = running();
        BitSet taken = new BitSet();
        List<Program> chosen = new ArrayList<>();
        pressing(now).ifPresent(program -> {
            tree.dispatch(entity(program), now);
            boolean _ = place(program, taken);
            chosen.add(program);
        });
        for (Program program : before) {
            if (now - program.moved < rhythm.slice() && place(program, taken)) {
                chosen.add(program);
            } else {
                tree.ready(entity(program), now);
            }
        }
        while (taken.cardinality() < cpus.size()) {
            Optional<Program> next = next(taken, now);
            if (next.isEmpty()) {
                break;
            }
            boolean _ = place(next.get(), taken);
            tree.dispatch(entity(next.get()), now);
            chosen.add(next.get());
        }
        // whoever goes on is continued after the others were stopped, so that slices do not overlap
        for (Program program : before) {
            if (!chosen.contains(program)) {
                hold(program, now);
            }
        }
        for (Program program : chosen) {
            if (program.standing == Standing.WAITING) {
                program.longestStop = Math.max(program.longestStop, now - program.moved);
                program.urgent = false;
                program.family.resume();
            }
            if (!before.contains(program)) {
                program.moved = now;
            } else if (now - program.moved >= rhythm.slice()) {
                program.moved = now;
                program.renew(name, log, now);
            }
            stands(program, Standing.RUNNING, now);
        }
    }

    /** Whose turn it is among those that a CPU is free for; the others keep their places. */
    private Optional<Program> next(BitSet taken, long now) {
        Optional<Program> first = tree.next(now).map(programs::get);
        if (first.isEmpty() || free(first.get(), taken)) {
            return first;
        }
        return programs.values().stream()
                .filter(program -> tree.phase(entity(program)) == Phase.READY && free(program, taken))
                .min((a, b) -> tree.compare(entity(a), entity(b)));
    }

    private static boolean free(Program program, BitSet taken) {
        return program.cpus.numbers().stream().anyMatch(cpu -> !taken.get(cpu));
    }

    private boolean overdue(Program program, long now) {
        return now - program.moved >= stopBound() - rhythm.slice();
    }

    /** Whoever has to take a signal, or has been stopped for about as long as anybody may be. */
    private Optional<Program> pressing(long now) {
        return programs.values().stream()
                .filter(program -> program.standing == Standing.WAITING && due(program, now))
                .min(Comparator.comparing((Program program) -> !program.urgent)
                        .thenComparingLong(program -> program.moved));
    }

    /** Finds free CPUs for a program, as many as it fills; those first that fewest others may use. */
    private boolean place(Program program, BitSet taken) {
        List<Integer> free = program.cpus.numbers().stream()
                .filter(cpu -> !taken.get(cpu))
                .sorted(Comparator.comparingLong(this::claims))
                .limit(program.width)
                .toList();
        free.forEach(taken::set);
        return !free.isEmpty();
    }

    private long claims(int cpu) {
        CpuSet one = CpuSet.of(cpu);
        return programs.values().stream()
                .filter(program -> program.cpus.intersects(one))
                .count();
    }

    /** Cuts weights to what can be had, where there is more than one CPU. */
    private void balance(long now) {
        if (!unbalanced || cpus.size() == 1) {
            return;
        }
        unbalanced = false;
        List<Program> wanting = programs.values().stream()
                .filter(program -> tree.phase(entity(program)) != Phase.IDLE)
                .toList();
        Entitlement.weights(wanting).forEach((program, weight) -> {
            if (tree.shares(entity(program)).weight() != weight) {
                Change _ = tree.set(entity(program), program.shares.withWeight(weight), now);
            }
        });
    }

    private static EntityId entity(Program program) {
        return Objects.requireNonNull(program.entity, "the program is in no arena");
    }
}
