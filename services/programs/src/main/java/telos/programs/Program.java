package telos.programs;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import telos.devices.linux.CpuGroup;
import telos.devices.linux.CpuSet;
import telos.devices.linux.Family;
import telos.kernel.scheduling.EntityId;
import telos.kernel.scheduling.Shares;

/** A program that was taken up, and where its arena has it. */
final class Program {
    final long id;
    final String name;
    final Family family;
    final CpuSet cpus;
    final Optional<CpuGroup> group;
    final long since;
    final long atStart;
    Shares shares;
    Standing standing = Standing.SLEEPING;
    Family.Survey seen;

    @Nullable
    EntityId entity;
    /** CPU time that the tree knows of. */
    long charged;
    /** Since when it is stopped by us, or when its slice began. */
    long moved;

    long lookedAt;
    /** When it was last asked whether a signal waits for it. */
    long askedAt;
    /** It is to have its turn before others, because a signal that may end it waits. */
    boolean urgent;

    private long sliceBegun;
    private long chargedBefore;
    long longestStop;
    /** How many CPUs it can use at once. */
    int width = 1;

    Program(long id, Request request, Family family, Optional<CpuGroup> group, long now) {
        this.id = id;
        this.name = request.name();
        this.family = family;
        this.cpus = request.cpus();
        this.shares = request.shares();
        this.group = group;
        this.since = now;
        this.seen = family.survey();
        this.atStart = seen.cpuNanos();
        this.charged = seen.cpuNanos();
    }

    Lever lever() {
        return group.isEmpty() ? Lever.STOP : Lever.CGROUP;
    }

    Family.Survey look(long now) {
        lookedAt = now;
        seen = family.survey();
        if (seen.awake() > 0) {
            width = Math.clamp(seen.awake(), 1, cpus.size());
        }
        return seen;
    }

    /** Brings members that are outside into its group. */
    void gather() throws IOException {
        if (group.isPresent()) {
            Set<Integer> inside = new HashSet<>(group.get().members());
            List<Integer> outside = family.members().stream()
                    .filter(process -> !inside.contains(process))
                    .toList();
            if (!outside.isEmpty()) {
                group.get().add(outside);
            }
        }
    }

    /** It stands otherwise from now on; a slice that ends is logged. */
    void stands(Standing next, String place, SliceLog log, long now) {
        if (standing == Standing.RUNNING && next != Standing.RUNNING) {
            log.add(slice(place, now));
        } else if (standing != Standing.RUNNING && next == Standing.RUNNING) {
            beginSlice(now);
        }
        standing = next;
    }

    /** It has another slice. */
    void renew(String place, SliceLog log, long now) {
        log.add(slice(place, now));
        beginSlice(now);
    }

    private void beginSlice(long now) {
        sliceBegun = now;
        chargedBefore = charged;
    }

    /** The one that it has now. */
    Slice slice(String place, long now) {
        return new Slice(id, name, place, sliceBegun, now - sliceBegun, charged - chargedBefore);
    }

    void letGo() {
        family.close();
        group.ifPresent(CpuGroup::close);
        standing = standing == Standing.ENDED ? Standing.ENDED : Standing.RELEASED;
    }
}
