package telos.plans.policy;

import java.util.List;
import telos.kernel.security.policy.KnownCall;
import telos.kernel.security.policy.Outcomes;
import telos.kernel.security.policy.Place;

/** A test in a policy: calls of one run, in order, and what must become of each. */
public record Case(String name, Place place, List<Expected> calls) {
    public record Expected(Outcomes.Kind kind, KnownCall call, Place place) {}

    public Case {
        calls = List.copyOf(calls);
    }
}
