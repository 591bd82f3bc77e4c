package telos.devices.linux;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The processes of this machine. One thread at a time uses it and its families. */
public final class LinuxProcesses implements Processes {
    private final Libc libc = new Libc();
    private final Guardian guardian;
    private final List<WeakReference<LinuxFamily>> families = new ArrayList<>();

    /**
     * Makes a view of this machine.
     *
     * @param guardian whom every process is named to before it is stopped
     */
    public LinuxProcesses(Guardian guardian) {
        this.guardian = guardian;
    }

    @Override
    public Adoption adopt(int leader) {
        if (leader <= 1) {
            return new Refused("a program's process has a number above 1, not " + leader);
        }
        Optional<ProcessFiles> files = ProcessFiles.open(leader);
        Optional<ProcessLine> line = files.flatMap(ProcessFiles::line);
        if (files.isEmpty() || line.isEmpty()) {
            files.ifPresent(ProcessFiles::close);
            return new Refused("no process has the number " + leader + " (any more)");
        }
        if (line.get().group() != leader) {
            files.get().close();
            return new Refused("process " + leader + " leads no process group; it is in that of process "
                    + line.get().group());
        }
        if (!libc.reachable(leader)) {
            files.get().close();
            return new Refused("process " + leader + " belongs to another user, so it cannot be stopped and continued");
        }
        LinuxFamily family = new LinuxFamily(libc, guardian, leader, files.get(), line.get());
        families.add(new WeakReference<>(family));
        search();
        return new Adopted(family);
    }

    @Override
    public void search() {
        List<LinuxFamily> live = new ArrayList<>();
        families.removeIf(reference -> {
            LinuxFamily family = reference.get();
            if (family == null || family.closed()) {
                return true;
            }
            live.add(family);
            return false;
        });
        if (live.isEmpty()) {
            return;
        }
        for (int process : ProcessFiles.processes()) {
            if (live.stream().noneMatch(family -> family.knows(process))) {
                Optional<ProcessLine> line = ProcessFiles.glance(process);
                line.ifPresent(found -> live.stream()
                        .filter(family -> family.owns(found))
                        .findFirst()
                        .ifPresent(family -> family.join(process)));
            }
        }
    }
}
