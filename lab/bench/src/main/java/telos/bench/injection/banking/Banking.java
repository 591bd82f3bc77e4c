package telos.bench.injection.banking;

import java.util.List;
import java.util.Map;
import telos.bench.injection.Suite;
import telos.bench.injection.Template;

/** The suite of 16 tasks at a bank. */
public final class Banking {
    private Banking() {}

    public static Suite<?> suite() {
        return new Suite<>(
                "banking",
                new Template("banking", List.of("banking/environment.yaml")),
                Bank::read,
                BankTools.all(),
                Bank::label,
                BankChecks.done(),
                BankChecks.taken(),
                Map.of());
    }
}
