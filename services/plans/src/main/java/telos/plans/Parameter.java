package telos.plans;

import java.util.Optional;

/**
 * What a tool takes.
 *
 * @param fallback what is sent when a plan leaves it out; without one it must be given
 */
public record Parameter(String name, Optional<Datum> fallback) {
    public static Parameter required(String name) {
        return new Parameter(name, Optional.empty());
    }
}
