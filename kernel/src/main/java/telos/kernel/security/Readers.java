package telos.kernel.security;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Who may read a value: everyone, or a finite set of principals. Principals are compared exactly, character by
 * character. The set is sorted, so that two of 10,000 meet in one pass; whoever of the two is the smaller set is
 * returned itself.
 */
@SuppressWarnings("ReferenceEquality") // who is the same object needs no second look
public final class Readers {
    /** The most principals one set may name. */
    public static final int MOST = 100_000;

    public static final Readers EVERYONE = new Readers(null);
    public static final Readers NOBODY = new Readers(new String[0]);

    /** Sorted, without doubles; null for everyone. */
    private final String @Nullable [] names;

    private final int hash;

    private Readers(String @Nullable [] names) {
        this.names = names;
        this.hash = names == null ? 1 : Arrays.hashCode(names);
    }

    public static Readers of(String... principals) {
        return of(Arrays.asList(principals));
    }

    /** Exactly these, at most {@link #MOST}. */
    public static Readers of(Collection<String> principals) {
        if (principals.isEmpty()) {
            return NOBODY;
        }
        if (principals.size() > MOST) {
            throw new IllegalArgumentException(
                    "a set of readers names at most " + MOST + " principals, not " + principals.size());
        }
        if (principals.size() == 1) {
            return new Readers(new String[] {principals.iterator().next()});
        }
        return new Readers(new TreeSet<>(principals).toArray(new String[0]));
    }

    public boolean everyone() {
        return names == null;
    }

    public boolean contains(String principal) {
        Objects.requireNonNull(principal, "principal");
        return names == null || Arrays.binarySearch(names, principal) >= 0;
    }

    public boolean containsAll(Readers others) {
        if (this == others || names == null) {
            return true;
        }
        if (others.names == null || others.names.length > names.length) {
            return false;
        }
        int at = 0;
        for (String each : others.names) {
            while (at < names.length && !same(names[at], each)) {
                at++;
            }
            if (at++ == names.length) {
                return false;
            }
        }
        return true;
    }

    /** Whether they are equal; that their hashes differ is seen at once. */
    private static boolean same(String one, String other) {
        return one.hashCode() == other.hashCode() && one.equals(other);
    }

    /** Those who are in both; one of the two itself where it lies within the other. */
    public Readers intersection(Readers other) {
        if (this == other || other.names == null) {
            return this;
        }
        if (names == null) {
            return other;
        }
        if (names.length == 1 && other.names.length == 1) {
            return same(names[0], other.names[0]) ? this : NOBODY;
        }
        String[] both = new String[Math.min(names.length, other.names.length)];
        int count = 0;
        for (int mine = 0, theirs = 0; mine < names.length && theirs < other.names.length; ) {
            int order = names[mine].compareTo(other.names[theirs]);
            if (order == 0) {
                both[count++] = names[mine];
            }
            mine += order <= 0 ? 1 : 0;
            theirs += order >= 0 ? 1 : 0;
        }
        if (count == names.length) {
            return this;
        }
        if (count == other.names.length) {
            return other;
        }
        return count == 0 ? NOBODY : new Readers(Arrays.copyOf(both, count));
    }

    /** Those who are in either; only a {@link Grant} makes a set of readers larger. */
    Readers union(Readers other) {
        if (containsAll(other)) {
            return this;
        }
        if (names == null || other.names == null || other.containsAll(this)) {
            return other;
        }
        TreeSet<String> all = new TreeSet<>(Arrays.asList(names));
        all.addAll(Arrays.asList(other.names));
        return of(all);
    }

    /** The principals in order; there must be a list of them. */
    public List<String> principals() {
        if (names == null) {
            throw new IllegalStateException("everyone cannot be listed");
        }
        return List.of(names);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof Readers readers && hash == readers.hash && Arrays.equals(names, readers.names));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** At most five names, and how many more there are. */
    @Override
    public String toString() {
        if (names == null) {
            return "everyone";
        }
        if (names.length == 0) {
            return "nobody";
        }
        String first = String.join(", ", Arrays.asList(names).subList(0, Math.min(5, names.length)));
        return names.length <= 5 ? first : first + " and " + (names.length - 5) + " more";
    }
}
