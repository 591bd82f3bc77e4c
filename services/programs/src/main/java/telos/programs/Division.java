package telos.programs;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import telos.devices.linux.CpuSet;
import telos.devices.linux.Processes;
import telos.kernel.scheduling.Change;
import telos.kernel.scheduling.Past;
import telos.kernel.scheduling.Policy;
import telos.kernel.scheduling.Refusal;
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
    private final SliceLog log = new SliceLog();
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
        stopped.forEach(arena -> arena.policy(changed, now));
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
        Map<Program, Past> pasts = new HashMap<>();
        for (Arena arena : overlapping) {
            for (Program each : List.copyOf(arena.programs().values())) {
                pasts.put(each, move(each, arena, joined, now));
            }
            arenas.remove(arena);
        }
        joined.carryOn(pasts, now);
        place(program, joined, now);
    }

    void remove(Program program) {
        Arena arena = places.remove(program);
        told.remove(program);
        if (arena == null) {
            return;
        }
        if (program.entity != null) {
            Past _ = arena.remove(program, nanos.getAsLong());
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
        Map<Program, Past> pasts = new HashMap<>();
        for (Program each : left) {
            if (each.cpus.intersects(all)) {
                pasts.put(each, move(each, arena, part, now));
            }
        }
        part.carryOn(pasts, now);
        split(arena, arenas, now);
    }

    private Arena open(CpuSet cpus, List<Arena> arenas, Program first) {
        boolean stops = first.group.isEmpty();
        // the kernel, which divides by control groups, knows weights alone
        Arena arena = new Arena(cpus, stops ? stopping : Rhythm.watching(), stops ? policy : Policy.fair(), log);
        arenas.add(arena);
        return arena;
    }

    private Past move(Program program, Arena from, Arena to, long now) {
        Past past = from.remove(program, now);
        place(program, to, now);
        return past;
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
        boolean more = shares.priority() != program.shares.priority()
                || !shares.deadline().equals(program.shares.deadline());
        if (program.group.isPresent() && more) {
            return new Change.Refused(new Refusal(
                    Refusal.Why.UNSUPPORTED,
                    program.name + " is in a control group, where the kernel divides by weight alone; "
                            + "priorities and deadlines need --by stop"));
        }
        return arena(program).weigh(program, shares, now);
    }

    /** A signal that may end it has been sent to a program: it is to have its turn at once. */
    void urge(Program program) {
        if (program.entity != null) {
            arena(program).urge(program);
        }
    }

    /** The slices of late of those that share CPUs, the oldest first. */
    List<Slice> slices(Arena arena, long now) {
        Set<Long> here = new HashSet<>();
        arena.programs().values().forEach(program -> here.add(program.id));
        List<Slice> slices = log.all();
        slices.removeIf(slice -> !slice.place().equals(arena.name()) && !here.contains(slice.program()));
        arena.programs().values().stream()
                .filter(program -> program.standing == Standing.RUNNING)
                .forEach(program -> slices.add(program.slice(arena.name(), now)));
        return slices;
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

    /** Whether somebody who holds a lease has to know something new. */
    boolean tellsApart() {
        boolean changed = false;
        for (Program program : places.keySet()) {
            Standing now = program.standing.told();
            changed |= told.put(program, now) != now;
        }
        return changed;
    }
}
