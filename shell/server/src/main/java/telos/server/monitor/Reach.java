package telos.server.monitor;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.policy.Decision;
import telos.kernel.security.policy.KnownCall;
import telos.kernel.security.policy.Policy;
import telos.kernel.security.policy.Term;

/**
 * What an effect that was allowed may come upon while it is carried out, as when a walk goes through folders: whatever the
 * policy would not forbid if it were asked for by itself, nor ask a person about who was not asked. Safe for use by many
 * threads.
 */
public final class Reach {
    private final Policy policy;
    private final KnownCall call;
    private @Nullable Policy beneath;

    Reach(Policy policy, KnownCall call) {
        this.policy = policy;
        this.call = call;
    }

    /** Whether that value may stand in that argument's place. */
    public boolean covers(String argument, Term value) {
        KnownCall other = call.with(Map.of(argument, new KnownCall.Argument(value, call.label(argument))));
        Policy rules = rules();
        return rules.decide(other, rules.tally()) instanceof Decision.Permit;
    }

    private synchronized Policy rules() {
        if (beneath == null) {
            beneath = policy.beneath(call);
        }
        return beneath;
    }
}
