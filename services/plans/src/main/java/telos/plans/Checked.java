package telos.plans;

import java.util.List;
import java.util.Optional;

/**
 * What an analysis of a plan came to, before anything ran.
 *
 * @param findings the calls that may be denied; empty means that no world that is equal for the sinks is denied
 * @param refusal why the plan, though it can be read, cannot be run
 */
public record Checked(List<Finding> findings, Optional<String> refusal) {
    public Checked {
        findings = List.copyOf(findings);
    }

    public boolean clean() {
        return findings.isEmpty();
    }
}
