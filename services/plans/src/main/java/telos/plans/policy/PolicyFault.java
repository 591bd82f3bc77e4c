package telos.plans.policy;

import java.util.Objects;
import telos.kernel.security.policy.Place;

/**
 * The first thing that is wrong with a policy.
 *
 * @param message what was found, and how to mend it where that is known
 * @param expected what could have stood there; empty when the message says it all
 */
public record PolicyFault(Place place, String message, String expected) {
    public PolicyFault {
        Objects.requireNonNull(place, "place");
    }

    public String describe() {
        return place + ": " + message + (expected.isEmpty() ? "" : "; expected " + expected);
    }
}
