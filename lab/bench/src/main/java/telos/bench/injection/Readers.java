package telos.bench.injection;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** Who may read a value: everyone, or the named principals. */
public record Readers(boolean everyone, SortedSet<String> principals) {
    private static final Readers EVERYONE = new Readers(true, new TreeSet<>());

    public Readers {
        principals = Collections.unmodifiableSortedSet(new TreeSet<>(principals));
    }

    public static Readers ofEveryone() {
        return EVERYONE;
    }

    public static Readers of(Collection<String> principals) {
        return new Readers(false, new TreeSet<>(principals));
    }

    public boolean include(String principal) {
        return everyone || principals.contains(principal);
    }

    Readers intersect(Readers other) {
        if (everyone) {
            return other;
        }
        if (other.everyone) {
            return this;
        }
        SortedSet<String> both = new TreeSet<>(principals);
        both.retainAll(other.principals);
        return new Readers(false, both);
    }
}
