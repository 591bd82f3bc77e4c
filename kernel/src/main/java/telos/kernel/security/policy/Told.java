package telos.kernel.security.policy;

import java.util.List;
import java.util.Objects;
import telos.kernel.security.Readers;

/**
 * Who would be told.
 *
 * @param readers these, whatever the call
 * @param namedBy and whom these arguments name
 */
public record Told(Readers readers, List<String> namedBy) {
    public Told {
        Objects.requireNonNull(readers, "readers");
        namedBy = List.copyOf(namedBy);
    }

    /** Whom a value names: a text, or a list of texts; anything else could be anybody. */
    static Readers names(Term value) {
        return switch (value) {
            case Term.Text(String name) -> name.equals("*") ? Readers.EVERYONE : Readers.of(name);
            case Term.Items(List<Term> values) -> {
                if (values.size() > Readers.MOST) {
                    yield Readers.EVERYONE;
                }
                List<String> names = new java.util.ArrayList<>();
                for (Term each : values) {
                    if (!(each instanceof Term.Text(String name)) || name.equals("*")) {
                        yield Readers.EVERYONE;
                    }
                    names.add(name);
                }
                yield Readers.of(names);
            }
            default -> Readers.EVERYONE;
        };
    }
}
