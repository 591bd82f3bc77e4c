package telos.server;

import java.util.Optional;
import telos.server.tenants.Admission;

/** Lets in whoever {@link Admission} lets in. */
final class TenantGate implements Gate {
    private final Admission admission;

    TenantGate(Admission admission) {
        this.admission = admission;
    }

    @Override
    public Entry enter(Optional<String> key) {
        return switch (admission.enter(key)) {
            case Admission.Entered entered ->
                new Entered(entered.tenant().map(Tenant::new).orElse(Tenant.LOCAL), entered.headers(), entered.leave());
            case Admission.Stranger stranger -> new Unknown(stranger.why());
            case Admission.Exhausted exhausted ->
                new Exhausted(exhausted.why(), exhausted.retryAfterSeconds(), exhausted.headers());
        };
    }
}
