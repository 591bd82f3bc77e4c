package telos.kernel.security.policy;

import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * What a condition looks at in an argument's value.
 *
 * @param of which elements must pass where the value is a list
 */
public record Reading(Of of, Part part, String argument) {
    public enum Of {
        /** The value itself. */
        IT,
        /** Every element of a list; anything else counts as a list of one. */
        EACH,
        /** At least one element. */
        ANY
    }

    public enum Part {
        WHOLE,
        /** Code points of a text, elements of a list. */
        LENGTH,
        /** What follows the last {@code @} of an address, in lower case. */
        DOMAIN,
        /** The host of an http or https address, in lower case. */
        HOST
    }

    public Reading {
        Objects.requireNonNull(of, "of");
        Objects.requireNonNull(part, "part");
        Objects.requireNonNull(argument, "argument");
    }

    /** What is tested of one value; {@link Term#OTHER} where it has no such part. */
    Term of(Term value) {
        return switch (part) {
            case WHOLE -> value;
            case LENGTH ->
                switch (value) {
                    case Term.Text(String text) -> Term.Quantity.of(text.codePointCount(0, text.length()));
                    case Term.Items(List<Term> values) -> Term.Quantity.of(values.size());
                    case Term.Unknown _ -> value;
                    case Term.Quantity _, Term.Truth _, Term.Nothing _, Term.Other _ -> Term.OTHER;
                };
            case DOMAIN, HOST ->
                switch (value) {
                    case Term.Text(String text) -> part == Part.DOMAIN ? Addresses.domain(text) : Addresses.host(text);
                    case Term.Unknown _ -> value;
                    case Term.Items _, Term.Quantity _, Term.Truth _, Term.Nothing _, Term.Other _ -> Term.OTHER;
                };
        };
    }

    @Override
    public String toString() {
        String whole = part == Part.WHOLE ? argument : part.name().toLowerCase(Locale.ROOT) + " of " + argument;
        return of == Of.IT ? whole : of.name().toLowerCase(Locale.ROOT) + " " + whole;
    }
}
