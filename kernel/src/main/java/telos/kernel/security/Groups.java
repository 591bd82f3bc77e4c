package telos.kernel.security;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Names that stand for several principals. They are expanded when a label is made, so that a label says what was true
 * then: who joins a group later cannot read what was labelled before. A group may hold groups, but not itself.
 */
public final class Groups {
    /** The deepest that groups may lie in one another. */
    public static final int DEEPEST = 32;

    public static final Groups NONE = new Groups(new TreeMap<>());

    private final Map<String, Set<String>> members;

    private Groups(Map<String, Set<String>> members) {
        this.members = members;
    }

    /** These groups; none may hold itself, lie too deep, or come to more than {@link Readers#MOST} principals. */
    public static Groups of(Map<String, ? extends Collection<String>> declared) {
        Map<String, Set<String>> expanded = new TreeMap<>();
        for (String name : declared.keySet()) {
            expand(name, declared, expanded, new LinkedHashSet<>());
        }
        return new Groups(expanded);
    }

    private static Set<String> expand(
            String name,
            Map<String, ? extends Collection<String>> declared,
            Map<String, Set<String>> expanded,
            Set<String> path) {
        Set<String> known = expanded.get(name);
        if (known != null) {
            return known;
        }
        if (!path.add(name)) {
            throw new IllegalArgumentException(
                    "group '" + name + "' holds itself: " + String.join(" > ", path) + " > " + name);
        }
        if (path.size() > DEEPEST) {
            throw new IllegalArgumentException(
                    "groups lie at most " + DEEPEST + " deep, but " + String.join(" > ", path));
        }
        Set<String> all = new TreeSet<>();
        @Nullable Collection<String> direct = declared.get(name);
        for (String member : direct == null ? Set.<String>of() : direct) {
            if (declared.containsKey(member)) {
                all.addAll(expand(member, declared, expanded, path));
            } else {
                all.add(member);
            }
            if (all.size() > Readers.MOST) {
                throw new IllegalArgumentException(
                        "group '" + name + "' comes to more than " + Readers.MOST + " principals");
            }
        }
        path.remove(name);
        expanded.put(name, all);
        return all;
    }

    /** The readers that a list names; {@code *} in it is everyone. */
    public Readers readers(Collection<String> names) {
        if (names.contains("*")) {
            return Readers.EVERYONE;
        }
        Set<String> all = new LinkedHashSet<>();
        for (String name : names) {
            Set<String> group = members.get(name);
            if (group == null) {
                all.add(name);
            } else {
                all.addAll(group);
            }
        }
        return Readers.of(all);
    }

    /** The groups and whom each stands for, in the order of their names. */
    public Map<String, Set<String>> expanded() {
        Map<String, Set<String>> copy = new LinkedHashMap<>();
        members.forEach((name, all) -> copy.put(name, Set.copyOf(all)));
        return copy;
    }
}
