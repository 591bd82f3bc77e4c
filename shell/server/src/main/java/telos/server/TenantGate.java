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
        return entry(admission.enter(key));
    }

    @Override
    public Entry look(Optional<String> key) {
        return entry(admission.look(key));
    }

    private static Entry entry(Admission.Entry entry) {
        return switch (entry) {
            case Admission.Entered entered ->
                new Entered(
                        entered.tenant().map(Tenant::new).orElse(Tenant.LOCAL),
                        entered.rank(),
                        entered.headers(),
                        entered.leave());
            case Admission.Stranger stranger -> new Unknown(stranger.why());
            case Admission.Exhausted exhausted ->
                new Exhausted(
                        Optional.of(new Tenant(exhausted.tenant())),
                        exhausted.why(),
                        exhausted.retryAfterSeconds(),
                        exhausted.headers());
        };
    }
}
