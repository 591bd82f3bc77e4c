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
import telos.kernel.scheduling.Change;
import telos.kernel.scheduling.EntityId;
import telos.kernel.scheduling.EntityStatus;
import telos.kernel.scheduling.EntityTree;
import telos.kernel.scheduling.Level;
import telos.kernel.scheduling.Phase;
import telos.kernel.scheduling.Policy;
import telos.kernel.scheduling.Shares;

/**
 * Programs that compete for the same CPUs, and one entity tree that says whose slice it is.
 *
 * <p>As many run at a time as there are CPUs for them; the rest that want to run are stopped. A program that sleeps is not
 * stopped, so that what it waits for wakes it, and it is not waited for: its CPU goes on to the next. When its clock shows
 * that it has run, it takes its place in the tree, and is stopped if it is not its turn. What it used is charged in any case.
 *
 * <p>A program can use no more than the CPUs that its threads fill, whatever its weight. So that its siblings do not pay for
 * a share that it cannot take, weights are cut to what can be had: Chandra et al., "Surplus Fair Scheduling", OSDI 2000.
 */
final class Arena {
    private final CpuSet cpus;
    private final Rhythm rhythm;
    private final EntityTree tree;
    private final Map<EntityId, Program> programs = new HashMap<>();
    private boolean unbalanced;

    Arena(CpuSet cpus, Rhythm rhythm, Policy policy) {
        this.cpus = cpus;
        this.rhythm = rhythm;
        this.tree = new EntityTree(policy);
    }

    CpuSet cpus() {
        return cpus;
    }

    /** No two that are there at the same time have the same. */
    String name() {
        return "cpu " + cpus + (rhythm.slices() ? "" : " by cgroup");
    }

    Map<EntityId, Program> programs() {
        return programs;
    }

    void policy(Policy policy, long now) {
        tree.policy(policy, now);
    }

    /** Takes a program in as it stands. */
    void add(Program program, long now) {
        Addition added = tree.add(tree.root(), Level.AGENT, program.name, program.shares, now);
        EntityId entity = added.orThrow();
        program.entity = entity;
        programs.put(entity, program);
        switch (program.standing) {
            case RUNNING -> tree.dispatch(entity, now);
            case WAITING -> tree.ready(entity, now);
            case SLEEPING, STOPPED, ENDED -> {}
        }
        unbalanced = true;
    }

    /** Gives a program up, as it stands. */
    void remove(Program program) {
        EntityId entity = entity(program);
        tree.remove(entity);
        programs.remove(entity);
        program.entity = null;
        unbalanced = true;
    }

    /** Gives a program other shares, or refuses them and leaves it those that it had. */
    Change weigh(Program program, Shares shares, long now) {
        Change changed = tree.set(entity(program), shares, now);
        if (changed instanceof Change.Changed) {
            program.shares = shares;
            unbalanced = true;
        }
        return changed;
    }

    List<EntityStatus> status(long now) {
        return tree.status(now);
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
        ended.forEach(this::remove);
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
            case WAITING -> overdue(program, now);
            case SLEEPING, STOPPED, ENDED -> false;
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
            case RUNNING -> settle(program, program.look(now), now);
            case SLEEPING -> {
                if (program.family.stirred() || !calm) {
                    settle(program, program.look(now), now);
                }
            }
            case STOPPED -> {
                if (!calm) {
                    settle(program, program.look(now), now);
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
            }
            case ENDED -> {}
        }
    }

    /** What a look at a program that is not stopped by us makes of it. */
    private void settle(Program program, Family.Survey seen, long now) {
        EntityId entity = entity(program);
        charge(program, seen, now);
        Standing before = program.standing;
        if (!seen.alive()) {
            end(program, now);
        } else if (seen.stopped()) {
            tree.idle(entity, now);
            program.standing = Standing.STOPPED;
        } else if (seen.awake() == 0) {
            tree.idle(entity, now);
            program.standing = Standing.SLEEPING;
        } else if (before != Standing.RUNNING) {
            tree.ready(entity, now);
            if (rhythm.slices()) {
                hold(program, now);
            } else {
                tree.dispatch(entity, now);
                program.standing = Standing.RUNNING;
                program.moved = now;
            }
        }
        unbalanced |= before != program.standing;
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
        program.standing = Standing.ENDED;
    }

    /** Stops a program that waits; it runs on where nobody would continue it. */
    private void hold(Program program, long now) {
        boolean stopped = program.family.stop();
        program.standing = Standing.WAITING;
        program.moved = now;
        if (!stopped) {
            tree.dispatch(entity(program), now);
            program.standing = Standing.RUNNING;
        }
    }

    /** Chooses anew who runs. Those whose slice is over wait like the others, and go on if they are chosen again. */
    private void divide(long now) {
        balance(now);
        List<Program> before = running();
        BitSet taken = new BitSet();
        List<Program> chosen = new ArrayList<>();
        overdue(now).ifPresent(program -> {
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
        List<Program> passed = new ArrayList<>();
        while (taken.cardinality() < cpus.size()) {
            Optional<EntityId> next = tree.next(now);
            if (next.isEmpty()) {
                break;
            }
            Program program = Objects.requireNonNull(programs.get(next.get()));
            if (place(program, taken)) {
                tree.dispatch(next.get(), now);
                chosen.add(program);
            } else {
                tree.idle(next.get(), now); // out of the way for those that other CPUs are free for
                passed.add(program);
            }
        }
        passed.forEach(program -> tree.ready(entity(program), now));
        // whoever goes on is continued after the others were stopped, so that slices do not overlap
        for (Program program : before) {
            if (!chosen.contains(program)) {
                hold(program, now);
            }
        }
        for (Program program : chosen) {
            if (program.standing == Standing.WAITING) {
                program.longestStop = Math.max(program.longestStop, now - program.moved);
                program.family.resume();
            }
            if (!before.contains(program) || now - program.moved >= rhythm.slice()) {
                program.moved = now;
            }
            program.standing = Standing.RUNNING;
        }
    }

    private boolean overdue(Program program, long now) {
        return now - program.moved >= stopBound() - rhythm.slice();
    }

    /** Whoever has been stopped for about as long as anybody may be. */
    private Optional<Program> overdue(long now) {
        return programs.values().stream()
                .filter(program -> program.standing == Standing.WAITING && overdue(program, now))
                .min(Comparator.comparingLong(program -> program.moved));
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
                .sorted(Comparator.comparingLong((Program program) -> program.shares.weight() / program.width)
                        .reversed())
                .toList();
        long rest =
                wanting.stream().mapToLong(program -> program.shares.weight()).sum();
        int left = cpus.size();
        for (Program program : wanting) {
            long weight = program.shares.weight();
            rest -= weight;
            if (left > program.width && weight * left > (weight + rest) * program.width) {
                // its share is width of the CPUs left: so many times what the others weigh together
                weight = Math.clamp(rest * program.width / (left - program.width), 1, weight);
                left -= program.width;
            } else {
                left = 0;
            }
            if (tree.shares(entity(program)).weight() != weight) {
                Change _ = tree.set(entity(program), program.shares.withWeight(weight), now);
            }
        }
    }

    private static EntityId entity(Program program) {
        return Objects.requireNonNull(program.entity, "the program is in no arena");
    }
}
