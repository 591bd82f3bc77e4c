package telos.programs;

import java.util.Locale;
import java.util.Optional;

/** How a program's share is enforced. */
public enum Lever {
    /** By a control group where one can be made, else by stop and continue. */
    AUTO,
    /** By stopping and continuing it. */
    STOP,
    /** By the weight of a control group; the kernel does the rest. */
    CGROUP;

    public static Optional<Lever> named(String name) {
        for (Lever lever : values()) {
            if (lever.word().equals(name)) {
                return Optional.of(lever);
            }
        }
        return Optional.empty();
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
