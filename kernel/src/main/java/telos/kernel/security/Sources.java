package telos.kernel.security;

import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Where a label came from: the first {@link #MOST} sources in their order, and whether there were more. They explain
 * decisions and never take part in one.
 */
@SuppressWarnings("ReferenceEquality") // what is the same object needs no second look
public record Sources(List<Source> named, boolean more) {
    public static final int MOST = 16;
    public static final Sources NONE = new Sources(List.of(), false);

    public Sources {
        named = List.copyOf(named);
        if (named.size() > MOST) {
            throw new IllegalArgumentException("at most " + MOST + " sources are named, not " + named.size());
        }
    }

    public static Sources of(Source... sources) {
        return of(List.of(sources), false);
    }

    private static Sources of(Collection<Source> sources, boolean more) {
        TreeSet<Source> sorted = new TreeSet<>(sources);
        List<Source> first = sorted.stream().limit(MOST).toList();
        return new Sources(first, more || sorted.size() > MOST);
    }

    /** The sources of both; one of the two itself where it holds the other. */
    public Sources union(Sources other) {
        if (holds(other)) {
            return this;
        }
        if (other.holds(this)) {
            return other;
        }
        TreeSet<Source> all = new TreeSet<>(named);
        all.addAll(other.named);
        return of(all, more || other.more);
    }

    boolean holds(Sources other) {
        return this == other || other == NONE || ((more || !other.more) && named.containsAll(other.named));
    }

    @Override
    public String toString() {
        if (named.isEmpty()) {
            return "the plan itself";
        }
        return named.stream().map(Source::toString).collect(Collectors.joining(", ")) + (more ? " and others" : "");
    }
}
