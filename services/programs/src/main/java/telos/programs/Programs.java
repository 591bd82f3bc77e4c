package telos.programs;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import telos.devices.linux.CpuGroup;
import telos.devices.linux.CpuGroups;
import telos.devices.linux.Guardian;
import telos.devices.linux.LinuxProcesses;
import telos.devices.linux.Processes;
import telos.devices.linux.Signal;
import telos.kernel.scheduling.Change;
import telos.kernel.scheduling.EntityStatus;
import telos.kernel.scheduling.Fair;
import telos.kernel.scheduling.Policy;
import telos.kernel.scheduling.Refusal;
import telos.kernel.scheduling.Shares;

/**
 * The programs that are taken up, and the thread that moves them. May be used by many threads. A long file, because every call
 * from outside goes through the one lock that is kept here.
 */
public final class Programs implements AutoCloseable {
    /** How long a program runs before another one's turn is considered. */
    public static final Duration SLICE = Duration.ofMillis(10);

    private static final System.Logger LOG = System.getLogger(Programs.class.getName());
    private static final int MOST = 1000;
    /** Those who wait for the lock get it at least so often, and for so many times as long as a turn took. */
    private static final long LEAST_PAUSE = 100_000;

    private static final long PAUSES = 2;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Condition moved = lock.newCondition();
    private final LongSupplier nanos;
    private final Supplier<Policy> usual;
    private final Division division;
    private final Map<Long, Program> programs = new LinkedHashMap<>();
    private final CpuGroups.Found groups;
    private final Guardian guardian;
    private final Thread thread;
    private long ids;
    private boolean closed;

    /** What came of taking a program up. */
    public sealed interface Admission {}

    /** It shares its CPUs from now on. */
    public record Admitted(Lease lease) implements Admission {}

    /**
     * It was not taken up, and goes on as it did.
     *
     * @param why a sentence for whoever asked
     */
    public record Refused(String why) implements Admission {}

    /** A program that is taken up for as long as this is not closed. */
    public final class Lease implements AutoCloseable {
        private final Program program;

        private Lease(Program program) {
            this.program = program;
        }

        public long id() {
            return program.id;
        }

        public Lever lever() {
            return program.lever();
        }

        /** The control group that it is in; empty where there is none. */
        public String group() {
            return program.group.map(CpuGroup::path).orElse("");
        }

        /** What its holder should know of how it is moved; empty if nothing is unusual. */
        public String note() {
            return Programs.this.note(program);
        }

        /** Waits until its standing has changed to or from one that a supervisor has to know, or time is up. */
        public Standing await(Standing known, Duration patience) throws InterruptedException {
            long left = patience.toNanos();
            lock.lock();
            try {
                while (program.standing.told() == known.told() && left > 0) {
                    left = changed.awaitNanos(left);
                }
                return program.standing.told();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            release(program);
        }
    }

    /**
     * Moves the programs of this machine.
     *
     * @param usual the policy that is taken when the first of some programs comes
     */
    public static Programs onThisMachine(Supplier<Policy> usual) {
        Guardian guardian = new Guardian();
        return new Programs(
                new LinuxProcesses(guardian),
                CpuGroups.find(),
                guardian,
                usual,
                Rhythm.stopping(SLICE),
                System::nanoTime);
    }

    Programs(
            Processes processes,
            CpuGroups.Found groups,
            Guardian guardian,
            Supplier<Policy> usual,
            Rhythm rhythm,
            LongSupplier nanos) {
        this.groups = groups;
        this.guardian = guardian;
        this.nanos = nanos;
        this.usual = usual;
        this.division = new Division(processes, usual.get(), rhythm, nanos);
        this.thread = Thread.ofPlatform().name("telos-programs").daemon().start(this::work);
    }

    private void work() {
        lock.lock();
        try {
            while (!closed) {
                if (programs.isEmpty()) {
                    moved.await();
                } else {
                    long before = nanos.getAsLong();
                    long pause = turn();
                    long took = nanos.getAsLong() - before;
                    long _ = moved.awaitNanos(Math.max(pause, Math.max(LEAST_PAUSE, PAUSES * took)));
                }
            }
        } catch (InterruptedException _) {
            LOG.log(Level.DEBUG, "the thread of programs was told to end");
        } finally {
            lock.unlock();
        }
    }

    /** Moves everybody; returns for how long nothing need be done. A fault of ours stops nobody. */
    private long turn() {
        try {
            boolean _ = guardian.standsBy();
            long next = division.turn(nanos.getAsLong());
            if (division.tellsApart()) {
                changed.signalAll();
            }
            return next - nanos.getAsLong();
        } catch (RuntimeException fault) {
            LOG.log(Level.ERROR, "a fault while moving programs; all of them go on unscheduled", fault);
            List.copyOf(programs.values()).forEach(this::drop);
            return 0;
        }
    }

    /** Takes a program up. */
    public Admission admit(Request request) {
        lock.lock();
        try {
            if (closed) {
                return new Refused("the daemon is stopping");
            }
            if (programs.size() >= MOST) {
                return new Refused("there are " + MOST + " programs already, and no more are taken up");
            }
            if (programs.values().stream().anyMatch(each -> each.family.leader() == request.leader())) {
                return new Refused("program " + request.leader() + " is taken up already");
            }
            return switch (division.adopt(request.leader())) {
                case Processes.Refused(String why) -> new Refused(why);
                case Processes.Adopted adopted -> admitted(request, adopted);
            };
        } finally {
            lock.unlock();
        }
    }

    private Admission admitted(Request request, Processes.Adopted adopted) {
        if (programs.isEmpty()) {
            division.policy(usual.get(), nanos.getAsLong());
        }
        boolean plain =
                request.shares().priority() == 0 && request.shares().deadline().isEmpty();
        if (request.lever() == Lever.CGROUP && !plain) {
            adopted.family().close();
            return new Refused("a control group divides by weight alone; a priority or a deadline needs --by stop");
        }
        long id = ++ids;
        @Nullable CpuGroup group = null;
        if (request.lever() == Lever.CGROUP || (request.lever() == Lever.AUTO && plain && byWeight())) {
            try {
                group = group(id, request.shares().weight());
                group.add(adopted.family().members());
            } catch (IOException refused) {
                if (group != null) {
                    group.close();
                    group = null;
                }
                if (request.lever() == Lever.CGROUP) {
                    adopted.family().close();
                    return new Refused("no control group can be used here, because " + refused.getMessage()
                            + "; --by stop needs none");
                }
            }
        }
        Program program = new Program(id, request, adopted.family(), Optional.ofNullable(group), nanos.getAsLong());
        boolean added = false;
        try {
            division.add(program, nanos.getAsLong());
            added = true;
        } finally {
            if (!added) {
                program.letGo();
            }
        }
        programs.put(id, program);
        moved.signal();
        return new Admitted(new Lease(program));
    }

    /** Whether nothing but weights counts now, which is all that the kernel's control groups know. */
    private boolean byWeight() {
        return division.policy() instanceof Fair;
    }

    private String note(Program program) {
        lock.lock();
        try {
            return program.group.isEmpty() || byWeight()
                    ? ""
                    : "its control group divides by weight alone; the policy "
                            + division.policy().name() + " counts for programs that are run with --by stop";
        } finally {
            lock.unlock();
        }
    }

    private CpuGroup group(long id, long weight) throws IOException {
        return switch (groups) {
            case CpuGroups.Usable(CpuGroups usable) -> usable.open(id, weight);
            case CpuGroups.Unusable(String why) -> throw new IOException(why);
        };
    }

    /** Why no control group can be used; empty if one can. */
    public Optional<String> ungrouped() {
        return groups instanceof CpuGroups.Unusable(String why) ? Optional.of(why) : Optional.empty();
    }

    private void release(Program program) {
        lock.lock();
        try {
            drop(program);
        } finally {
            lock.unlock();
        }
    }

    private void drop(Program program) {
        if (programs.remove(program.id) != null) {
            try {
                division.remove(program);
            } catch (RuntimeException fault) {
                LOG.log(Level.ERROR, "a fault in the account of program " + program.id, fault);
            }
            program.letGo();
            changed.signalAll();
        }
    }

    /** Changes a program's shares, while nobody else does; empty if there is none of that number. */
    public Optional<Change> share(long id, UnaryOperator<Shares> change) {
        lock.lock();
        try {
            Program program = programs.get(id);
            if (program == null) {
                return Optional.empty();
            }
            Shares before = program.shares;
            Change outcome = division.weigh(program, change.apply(before), nanos.getAsLong());
            return Optional.of(outcome instanceof Change.Changed ? passedOn(program, before) : outcome);
        } finally {
            lock.unlock();
        }
    }

    /** Tells the kernel of new shares where it divides by them; where it does not take them, the old ones stay. */
    private Change passedOn(Program program, Shares before) {
        if (program.group.isPresent()) {
            try {
                program.group.get().weigh(program.shares.weight());
            } catch (IOException e) {
                Change _ = division.weigh(program, before, nanos.getAsLong());
                return new Change.Refused(new Refusal(
                        Refusal.Why.UNSUPPORTED,
                        "the control group of " + program.name + " does not take a weight: " + e.getMessage()));
            }
        }
        return new Change.Changed();
    }

    /**
     * The accounts of programs that share CPUs.
     *
     * @param name tells which CPUs, and by which lever
     * @param entities each after the one above it; the root is the first, and the others have their programs' numbers
     */
    public record Shared(String name, Policy policy, List<EntityStatus> entities) {
        public Shared {
            entities = List.copyOf(entities);
        }
    }

    /** One for each set of CPUs that programs share now. */
    public List<Shared> shared() {
        lock.lock();
        try {
            long now = nanos.getAsLong();
            return division.arenas().stream()
                    .map(arena -> new Shared(arena.name(), arena.policy(), arena.status(now)))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** What those that share some CPUs did lately, the oldest first; empty if nobody shares them (any more). */
    public List<Slice> slices(String shared) {
        lock.lock();
        try {
            return division.arenas().stream()
                    .filter(arena -> arena.name().equals(shared))
                    .findFirst()
                    .map(arena -> division.slices(arena, nanos.getAsLong()))
                    .orElse(List.of());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Sends a signal to a program's group, and gives it its turn at once if it has to run to take the signal; false if there
     * is no such program.
     */
    public boolean signal(long id, Signal signal) {
        lock.lock();
        try {
            Program program = programs.get(id);
            if (program == null || !program.family.signal(signal)) {
                return false;
            }
            if (signal.needsTurn()) {
                division.urge(program);
                moved.signal();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Divides by another policy from now on. */
    public void policy(Policy policy) {
        lock.lock();
        try {
            division.policy(policy, nanos.getAsLong());
        } finally {
            lock.unlock();
        }
    }

    public Policy policy() {
        lock.lock();
        try {
            return division.policy();
        } finally {
            lock.unlock();
        }
    }

    /** All programs, in the order in which they came. */
    public List<ProgramStatus> list() {
        lock.lock();
        try {
            long now = nanos.getAsLong();
            Map<Long, EntityStatus> accounts = new HashMap<>();
            for (Arena arena : division.arenas()) {
                arena.status(now).stream()
                        .filter(status -> status.parent().isPresent())
                        .forEach(status -> accounts.put(status.id().value(), status));
            }
            List<ProgramStatus> rows = new ArrayList<>();
            for (Program program : programs.values()) {
                EntityStatus seen = accounts.get(program.id);
                if (seen != null) { // one that has ended, and whose lease is about to be closed
                    rows.add(status(program, seen, now));
                }
            }
            return rows;
        } finally {
            lock.unlock();
        }
    }

    private ProgramStatus status(Program program, EntityStatus seen, long now) {
        boolean stops = program.group.isEmpty();
        long stopped = program.standing == Standing.WAITING ? now - program.moved : 0;
        return new ProgramStatus(
                program.id,
                program.name,
                program.family.leader(),
                program.lever(),
                program.group.map(CpuGroup::path).orElse(""),
                program.cpus,
                program.shares,
                program.standing,
                program.seen.members(),
                program.seen.cpuNanos() - program.atStart,
                seen,
                Math.max(program.longestStop, stopped),
                stops ? Optional.of(division.arena(program).stopBound()) : Optional.empty(),
                now - program.since);
    }

    /** Lets every program go on by itself. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            List.copyOf(programs.values()).forEach(this::drop);
            moved.signal();
        } finally {
            lock.unlock();
        }
        try {
            if (!thread.join(Duration.ofSeconds(5))) {
                LOG.log(Level.WARNING, "the thread of programs does not end");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        guardian.close();
    }
}
