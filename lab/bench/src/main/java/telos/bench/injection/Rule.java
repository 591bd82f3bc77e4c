package telos.bench.injection;

import java.util.List;
import java.util.Optional;

/**
 * What a tool asks of one argument, or of the context of a call.
 *
 * @param atLeast the integrity that its label must have
 * @param readers principals that must be allowed to read it; {@code *} stands for everyone and {@code $name} for each
 *     string in the argument of that name
 */
public record Rule(Optional<Integrity> atLeast, List<String> readers) {
    public Rule {
        readers = List.copyOf(readers);
    }
}
