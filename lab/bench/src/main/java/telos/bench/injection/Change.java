package telos.bench.injection;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** What became of an environment, and what the user was told. */
public record Change<E extends Environment>(E before, E after, String answer) {
    /** The names of the parts that differ. */
    public Set<String> changed() {
        Set<String> names = new TreeSet<>();
        Map<String, Object> later = after.parts();
        before.parts().forEach((name, part) -> {
            if (!Objects.equals(part, later.get(name))) {
                names.add(name);
            }
        });
        return names;
    }

    /** Whether these parts changed and no others. */
    public boolean only(String... parts) {
        return changed().equals(Set.of(parts));
    }

    /** Whether the answer holds each of the texts, whatever their case. */
    public boolean says(String... texts) {
        return Words.hold(answer, texts);
    }
}
