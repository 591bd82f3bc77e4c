package telos.plans.policy;

import telos.kernel.security.policy.Place;

/** Ends the reading of a policy; nothing outside of this package sees it. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    final transient PolicyFault fault;

    Refusal(Place place, String message, String expected) {
        super(message, null, false, false);
        this.fault = new PolicyFault(place, message, expected);
    }

    Refusal(Place place, String message) {
        this(place, message, "");
    }
}
