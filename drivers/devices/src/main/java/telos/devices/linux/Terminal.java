package telos.devices.linux;

import java.util.Optional;

/** The terminal that controls this process, and whose turn it is there (tcsetpgrp(3)). */
public final class Terminal {
    private static final int READ_WRITE_AND_KEEP = 0x2 | 0x80000; // O_RDWR, O_CLOEXEC

    private final Libc libc;
    private final int descriptor;

    private Terminal(Libc libc, int descriptor) {
        this.libc = libc;
        this.descriptor = descriptor;
    }

    /** Empty where no terminal controls this process. */
    public static Optional<Terminal> own() {
        Libc libc = new Libc();
        int descriptor = libc.open("/dev/tty", READ_WRITE_AND_KEEP);
        return descriptor < 0 ? Optional.empty() : Optional.of(new Terminal(libc, descriptor));
    }

    int descriptor() {
        return descriptor;
    }

    /** Whether keys pressed there are for this process's group. */
    public boolean ours() {
        return libc.foreground(descriptor) == group();
    }

    /** Whether this process is alone in its group, so that nobody else loses the terminal when it is passed on. */
    public static boolean alone() {
        int group = group();
        int self = (int) ProcessHandle.current().pid();
        return ProcessFiles.processes().stream()
                .filter(process -> process != self)
                .noneMatch(process -> ProcessFiles.glance(process)
                        .filter(line -> line.group() == group)
                        .isPresent());
    }

    public void giveTo(Child child) {
        int _ = libc.makeForeground(descriptor, child.process());
    }

    /** Back to this process's group, if the child still has it. */
    public void takeBackFrom(Child child) {
        if (libc.foreground(descriptor) == child.process()) {
            int _ = libc.makeForeground(descriptor, group());
        }
    }

    /**
     * Stops this process, as a shell expects of a job whose program has stopped, and returns when it is continued; false,
     * at once, where nobody would continue it.
     */
    public boolean stopSelf() {
        return !orphaned() && libc.raise(Signal.STOP) == 0;
    }

    /** Whether no process of this group has a parent in another group of the session: no shell watches it. */
    private static boolean orphaned() {
        int self = (int) ProcessHandle.current().pid();
        Optional<ProcessLine> line = ProcessFiles.glance(self);
        while (line.isPresent() && line.get().parent() > 1) {
            Optional<ProcessLine> parent = ProcessFiles.glance(line.get().parent());
            if (parent.isEmpty() || parent.get().session() != line.get().session()) {
                return true;
            }
            if (parent.get().group() != line.get().group()) {
                return false;
            }
            line = parent;
        }
        return true;
    }

    private static int group() {
        return ProcessFiles.glance((int) ProcessHandle.current().pid())
                .map(ProcessLine::group)
                .orElse(0);
    }
}
