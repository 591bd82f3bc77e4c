package telos.devices.linux;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A family that is moved by SIGSTOP and SIGCONT. Members are in the order in which they were found, parents before their
 * children, unless a child was found first by its group. A stop goes to parents first and a continue to children first,
 * so that a shell does not see its jobs stop.
 *
 * <p>Who else wants a member stopped is seen by the stop signal that waits on it while it is stopped by us: a SIGCONT would
 * take that away. A waiting SIGSTOP is obeyed by leaving the member stopped; a waiting SIGTSTP, SIGTTIN or SIGTTOU is sent
 * again after the continue, because the program may have a handler for it.
 *
 * <p>CPU time is each member's clock, plus what the kernel has added up for children that were waited for. The part of the
 * latter that was charged while the child lived is taken off again.
 */
final class LinuxFamily implements Family {
    private static final int MOST_RUNNING = 64;
    /** Whoever wants a program to end tells its whole group, or those that were there first. */
    private static final int MOST_ASKED = 8;

    private static final class Member {
        final int process;
        final ProcessFiles files;
        ProcessLine line;
        long nanos;
        /** It has used CPU time between the last two looks. */
        boolean moved;
        /** Its clock when it was last asked whether it stirred. */
        long stirredAt;

        Member(int process, ProcessFiles files, ProcessLine line) {
            this.process = process;
            this.files = files;
            this.line = line;
        }
    }

    private final Libc libc;
    private final Guardian guardian;
    private final int leader;
    private final Map<Integer, Member> members = new LinkedHashMap<>();
    private long cpuNanos;
    /** What was charged for members that have ended, and will be found again in a parent's account. */
    private long debt;

    private boolean held;
    private boolean aside;
    private boolean closed;

    LinuxFamily(Libc libc, Guardian guardian, int leader, ProcessFiles files, ProcessLine line) {
        this.libc = libc;
        this.guardian = guardian;
        this.leader = leader;
        members.put(leader, new Member(leader, files, line));
    }

    boolean closed() {
        return closed;
    }

    boolean knows(int process) {
        return members.containsKey(process);
    }

    boolean owns(ProcessLine line) {
        return line.group() == leader || members.containsKey(line.parent());
    }

    /** Takes a process in; if the family is stopped, the process is too. */
    void join(int process) {
        Optional<ProcessFiles> files = ProcessFiles.open(process);
        Optional<ProcessLine> line = files.flatMap(ProcessFiles::line);
        if (files.isEmpty() || line.isEmpty() || members.containsKey(process) || !owns(line.get())) {
            files.ifPresent(ProcessFiles::close);
            return;
        }
        // children that it waited for before it was found belong to it as well: its account starts at nothing
        members.put(process, new Member(process, files.get(), line.get().withoutChildren()));
        if (held && outside(line.get()) && guardian.hold(process)) {
            int _ = libc.kill(process, Signal.STOP);
        }
    }

    @Override
    public int leader() {
        return leader;
    }

    @Override
    public List<Integer> members() {
        return List.copyOf(members.keySet());
    }

    @Override
    public Survey survey() {
        look();
        int awake = held ? 0 : awake();
        if (awake == 0 && !held && children()) {
            look();
            awake = awake();
        }
        int living = 0;
        int stopped = 0;
        for (Member member : members.values()) {
            if (!member.line.ended()) {
                living++;
                stopped += member.line.stopped() ? 1 : 0;
            }
        }
        boolean by = !held && living > 0 && stopped == living;
        aside(by);
        return new Survey(living > 0, living, awake, by, cpuNanos);
    }

    /** A family that others have stopped is theirs to continue: the guardian must not. */
    private void aside(boolean now) {
        if (now && !aside) {
            guardian.release(-leader);
        } else if (!now && aside) {
            boolean _ = guardian.hold(-leader);
        }
        aside = now;
    }

    private void look() {
        long children = 0;
        List<Member> ended = new ArrayList<>();
        for (Iterator<Member> each = members.values().iterator(); each.hasNext(); ) {
            Member member = each.next();
            Optional<ProcessLine> line = member.files.line();
            if (line.isEmpty()) {
                each.remove();
                ended.add(member);
                continue;
            }
            long nanos = Math.max(libc.cpuNanos(member.process), member.nanos);
            cpuNanos += nanos - member.nanos;
            children += Math.max(0, line.get().childNanos() - member.line.childNanos());
            member.moved = nanos > member.nanos;
            member.nanos = nanos;
            member.stirredAt = nanos;
            member.line = line.get();
        }
        for (Member member : ended) {
            member.files.close();
            if (outside(member.line)) {
                guardian.release(member.process);
            }
            if (members.containsKey(member.line.parent())) {
                debt += member.nanos + member.line.childNanos();
            }
        }
        long settled = Math.min(debt, children);
        debt -= settled;
        cpuNanos += children - settled;
    }

    private int awake() {
        int awake = 0;
        for (Member member : members.values()) {
            if (member.line.threads() > 1) {
                int running = member.files.runningThreads(MOST_RUNNING);
                // not all of so many threads were looked at
                boolean hidden = member.moved && member.line.threads() > ProcessFiles.MOST_THREADS;
                awake += hidden ? Math.max(1, running) : running;
            } else if (member.line.running()) {
                awake++;
            }
            if (awake >= MOST_RUNNING) {
                return awake;
            }
        }
        return awake;
    }

    /** Finds children that are not known yet. */
    private boolean children() {
        boolean found = false;
        for (Member member : List.copyOf(members.values())) {
            for (int child : member.files.children()) {
                if (!members.containsKey(child)) {
                    join(child);
                    found |= members.containsKey(child);
                }
            }
        }
        return found;
    }

    /** Finds all that are in the group, or whose parent is known. */
    private void search() {
        for (int process : ProcessFiles.processes()) {
            if (!members.containsKey(process)
                    && ProcessFiles.glance(process).filter(this::owns).isPresent()) {
                join(process);
            }
        }
    }

    @Override
    public boolean stirred() {
        boolean stirred = false;
        for (Member member : members.values()) {
            long now = libc.cpuNanos(member.process);
            stirred |= now != member.stirredAt;
            member.stirredAt = now;
        }
        return stirred;
    }

    @Override
    public boolean summoned() {
        return members.values().stream().limit(MOST_ASKED).anyMatch(member -> member.files.summoned());
    }

    /**
     * Sends a signal to the process group; false if nobody is there to get it. A group's number is its own for as long as a
     * process of it is there, and may be another's afterwards.
     */
    private boolean signalGroup(Signal signal) {
        if (!hasGroup()) {
            search();
        }
        return hasGroup() && libc.kill(-leader, signal) == 0;
    }

    private boolean hasGroup() {
        return members.values().stream()
                .anyMatch(member -> member.files
                        .line()
                        .filter(line -> line.group() == leader)
                        .isPresent());
    }

    @Override
    public boolean stop() {
        if (!guardian.hold(-leader)) {
            return false;
        }
        if (held) {
            stopAgain();
            return true;
        }
        boolean _ = signalGroup(Signal.STOP);
        for (Member member : members.values()) {
            if (strayed(member) && guardian.hold(member.process)) {
                int _ = libc.kill(member.process, Signal.STOP);
            }
        }
        held = true;
        return true;
    }

    /** Stops members that somebody else has continued; a second stop for the others would count as somebody else's. */
    private void stopAgain() {
        for (Member member : members.values()) {
            boolean waits = member.files.pendingStop().isPresent();
            if (!waits && !stopped(member) && member.files.line().isPresent()) {
                int _ = libc.kill(member.process, Signal.STOP);
            }
        }
    }

    @Override
    public void resume() {
        Map<Member, Signal> asked = new LinkedHashMap<>();
        for (Member member : members.values()) {
            // in this order: a SIGSTOP that waits while the process is not stopped yet is ours
            boolean stopped = stopped(member);
            Optional<Signal> pending = member.files.pendingStop();
            if (pending.isPresent() && (stopped || pending.get() != Signal.STOP)) {
                asked.put(member, pending.get());
            }
        }
        if (!asked.isEmpty()) {
            search(); // each is continued by itself, so each has to be known
        }
        held = false;
        List<Member> all = List.copyOf(members.values()).reversed();
        if (asked.isEmpty()) {
            for (Member member : all) {
                if (strayed(member)) {
                    int _ = libc.kill(member.process, Signal.CONT);
                }
            }
            boolean _ = signalGroup(Signal.CONT);
            return;
        }
        for (Member member : all) {
            Signal signal = asked.get(member);
            if (signal != Signal.STOP && member.files.line().isPresent()) {
                int _ = libc.kill(member.process, Signal.CONT);
                if (signal != null) {
                    int _ = libc.kill(member.process, signal);
                }
            }
        }
    }

    private static boolean stopped(Member member) {
        return member.files.line().filter(ProcessLine::stopped).isPresent();
    }

    /** Whether it has to be signalled by itself; not once it has ended, when its number may be another's. */
    private boolean strayed(Member member) {
        Optional<ProcessLine> line = member.files.line();
        return line.isPresent() && outside(line.get());
    }

    private boolean outside(ProcessLine line) {
        return line.group() != leader;
    }

    @Override
    public boolean signal(Signal signal) {
        return signalGroup(signal);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        if (held) {
            resume();
        }
        closed = true;
        guardian.release(-leader);
        for (Member member : members.values()) {
            if (outside(member.line)) {
                guardian.release(member.process);
            }
            member.files.close();
        }
    }
}
