package telos.kernel.security;

import java.util.Objects;

/**
 * What a sink asks of one argument, or of a whole call.
 *
 * @param atLeast how far the argument must be trusted; {@link Integrity#UNTRUSTED} asks nothing
 */
public record Rule(Integrity atLeast, Audience audience) {
    public Rule {
        Objects.requireNonNull(atLeast, "atLeast");
        Objects.requireNonNull(audience, "audience");
    }

    public static Rule told(Readers readers) {
        return new Rule(Integrity.UNTRUSTED, new Audience.Exactly(readers));
    }

    public static Rule toldTo(String argument) {
        return new Rule(Integrity.UNTRUSTED, new Audience.NamedBy(argument));
    }

    public static Rule trusted(Integrity atLeast) {
        return new Rule(atLeast, Audience.UNASKED);
    }

    public Rule and(Audience told) {
        return new Rule(atLeast, told);
    }
}
