package telos.kernel.security.monitor;

import java.util.Objects;

/**
 * A person's yes to one attempt: to this subject, this tool, these values with these labels, under this policy, once, and
 * not for ever.
 *
 * @param id the question that it answers
 * @param digest of the attempt and the policy
 * @param expires the time from which it is worth nothing, by the clock of whoever asks the monitor
 */
public record Approval(String id, String digest, long expires) {
    public Approval {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(digest, "digest");
    }
}
