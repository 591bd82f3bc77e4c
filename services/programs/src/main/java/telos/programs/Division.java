package telos.programs;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import telos.devices.linux.CpuSet;
import telos.devices.linux.Processes;
import telos.kernel.scheduling.Change;
import telos.kernel.scheduling.Policy;
import telos.kernel.scheduling.Shares;

/**
 * Who competes with whom: programs whose CPUs overlap, directly or through others, share an arena. Those that are moved by
 * the kernel's own weights have arenas of their own, which only keep the accounts.
 */
final class Division {
    /** A search looks at every process of the machine, and may take one part in so many of the time. */
    private static final int SEARCH_PART = 50;

    private static final long SEARCH_PAUSE = 100_000_000;

    private final Processes processes;
    private final Rhythm stopping;
    private final LongSupplier nanos;
    private final List<Arena> stopped = new ArrayList<>();
    private final List<Arena> weighed = new ArrayList<>();
    private final Map<Program, Arena> places = new HashMap<>();
    private final Map<Program, Standing> told = new HashMap<>();
    private Policy policy;
    private long nextSearch;

    /** @param nanos what a search takes is measured by this */
    Division(Processes processes, Policy policy, Rhythm stopping, LongSupplier nanos) {
        this.processes = processes;
        this.policy = policy;
        this.stopping = stopping;
        this.nanos = nanos;
    }

    Processes.Adoption adopt(int leader) {
        return processes.adopt(leader);
    }

    Policy policy() {
        return policy;
    }

    void policy(Policy changed, long now) {
        policy = changed;
        arenas().forEach(arena -> arena.policy(changed, now));
    }

    List<Arena> arenas() {
        List<Arena> all = new ArrayList<>(stopped);
        all.addAll(weighed);
        return all;
    }

    Arena arena(Program program) {
        return Objects.requireNonNull(places.get(program), "the program was let go");
    }

    void add(Program program, long now) {
        List<Arena> arenas = kind(program);
        CpuSet all = program.cpus;
        List<Arena> overlapping = new ArrayList<>();
        for (Arena arena : arenas) {
            if (arena.cpus().intersects(program.cpus)) {
                overlapping.add(arena);
                all = all.or(arena.cpus());
            }
        }
        if (overlapping.size() == 1 && overlapping.getFirst().cpus().equals(all)) {
            place(program, overlapping.getFirst(), now);
            return;
        }
        Arena joined = open(all, arenas, program);
        place(program, joined, now);
        for (Arena arena : overlapping) {
            List.copyOf(arena.programs().values()).forEach(each -> move(each, arena, joined, now));
            arenas.remove(arena);
        }
    }

    void remove(Program program) {
        Arena arena = places.remove(program);
        told.remove(program);
        if (arena == null) {
            return;
        }
        if (program.entity != null) {
            arena.remove(program);
        }
        split(arena, kind(program), nanos.getAsLong());
    }

    /** Parts those that shared CPUs only through the one that has gone. */
    private void split(Arena arena, List<Arena> arenas, long now) {
        List<Program> left = new ArrayList<>(arena.programs().values());
        if (left.isEmpty()) {
            arenas.remove(arena);
            return;
        }
        CpuSet all = left.getFirst().cpus;
        for (boolean grown = true; grown; ) {
            grown = false;
            for (Program each : left) {
                if (each.cpus.intersects(all) && !all.contains(each.cpus)) {
                    all = all.or(each.cpus);
                    grown = true;
                }
            }
        }
        if (all.equals(arena.cpus())) {
            return;
        }
        Arena part = open(all, arenas, left.getFirst());
        for (Program each : left) {
            if (each.cpus.intersects(all)) {
                move(each, arena, part, now);
            }
        }
        split(arena, arenas, now);
    }

    private Arena open(CpuSet cpus, List<Arena> arenas, Program first) {
        Arena arena = new Arena(cpus, first.group.isEmpty() ? stopping : Rhythm.watching(), policy);
        arenas.add(arena);
        return arena;
    }

    private void move(Program program, Arena from, Arena to, long now) {
        from.remove(program);
        place(program, to, now);
    }

    private void place(Program program, Arena arena, long now) {
        arena.add(program, now);
        places.put(program, arena);
    }

    private List<Arena> kind(Program program) {
        return program.group.isEmpty() ? stopped : weighed;
    }

    Change weigh(Program program, Shares shares, long now) {
        if (program.entity == null) { // it has ended
            return new Change.Changed();
        }
        return arena(program).weigh(program, shares, now);
    }

    /**
     * Looks at all programs and moves them.
     *
     * @return when to come back, at the latest
     */
    long turn(long now) {
        if (now >= nextSearch) {
            long before = nanos.getAsLong();
            processes.search();
            long after = nanos.getAsLong();
            nextSearch = after + Math.max(SEARCH_PAUSE, SEARCH_PART * (after - before));
            weighed.forEach(arena -> arena.programs().values().forEach(Division::gather));
        }
        long next = now + SEARCH_PAUSE;
        for (Arena arena : arenas()) {
            next = Math.min(next, arena.turn(now));
        }
        return next;
    }

    private static void gather(Program program) {
        try {
            program.gather();
        } catch (IOException refused) {
            System.getLogger(Division.class.getName())
                    .log(
                            Level.DEBUG,
                            "a process of program {0} stays outside its control group: {1}",
                            program.id,
                            refused.getMessage());
        }
    }

    /** Whether a supervisor may have to know something new. */
    boolean tellsApart() {
        boolean changed = false;
        for (Program program : places.keySet()) {
            changed |= told.put(program, program.standing) != program.standing;
        }
        return changed;
    }
}
