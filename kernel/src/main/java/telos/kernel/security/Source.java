package telos.kernel.security;

import java.util.Comparator;
import java.util.Objects;

/** Where a value came from, for explanations. */
public record Source(Kind kind, String name) implements Comparable<Source> {
    public static final int LONGEST_NAME = 200;

    private static final Comparator<Source> ORDER =
            Comparator.comparing(Source::kind).thenComparing(Source::name);

    public enum Kind {
        USER,
        TOOL,
        MODEL,
        FILE,
        MEMORY,
        AGENT,
        SERVER
    }

    public Source {
        Objects.requireNonNull(kind, "kind");
        if (name.length() > LONGEST_NAME) {
            name = name.substring(0, LONGEST_NAME - 1) + "…";
        }
    }

    public static Source tool(String name) {
        return new Source(Kind.TOOL, name);
    }

    @Override
    public int compareTo(Source other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return switch (kind) {
            case USER -> "the user";
            case TOOL -> "tool " + name;
            case MODEL -> "model " + name;
            case FILE -> "file " + name;
            case MEMORY -> "memory " + name;
            case AGENT -> "agent " + name;
            case SERVER -> "server " + name;
        };
    }
}
