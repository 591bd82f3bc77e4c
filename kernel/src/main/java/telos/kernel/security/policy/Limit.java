package telos.kernel.security.policy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A budget of one run: so many calls of these tools together, or so much in all of what one argument says.
 *
 * @param summed the argument that is added up; empty where calls are counted
 */
public record Limit(List<ToolPattern> tools, BigDecimal most, Optional<String> summed, Place place) {
    public Limit {
        tools = List.copyOf(tools);
        Objects.requireNonNull(most, "most");
        Objects.requireNonNull(summed, "summed");
    }

    public boolean isFor(String tool) {
        for (ToolPattern each : tools) {
            if (each.fits(tool)) {
                return true;
            }
        }
        return false;
    }

    /** What a call takes of it: a number of at least 0, {@link Term#UNKNOWN}, or what cannot be added up. */
    public Term charge(Call call) {
        if (summed.isEmpty()) {
            return ONE;
        }
        Term value = call.value(summed.get());
        return switch (value) {
            case Term.Quantity(BigDecimal number) -> number.signum() < 0 ? Term.OTHER : value;
            case Term.Unknown _ -> value;
            case Term.Text _, Term.Truth _, Term.Items _, Term.Nothing _, Term.Other _ -> Term.OTHER;
        };
    }

    /** As a person would say it. */
    @Override
    public String toString() {
        return most.toPlainString()
                + summed.map(argument -> " of " + argument)
                        .orElse(most.compareTo(BigDecimal.ONE) == 0 ? " call" : " calls")
                + " per run";
    }

    private static final Term ONE = Term.Quantity.of(1);
}
