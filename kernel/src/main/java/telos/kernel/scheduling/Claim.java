package telos.kernel.scheduling;

import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * Whose a request is, and how urgent.
 *
 * @param tenant who pays
 * @param weight of the tenant beside others
 * @param agent the program of which it is one step
 * @param label how people call the agent
 * @param priority the higher goes first, where the policy looks at it; empty for its agent's
 * @param deadline how many nanoseconds after its arrival it is to end; empty where there is no hurry
 * @param audience who may read what it is made of, one text for each set of readers: requests with different ones share no
 *     cached blocks. Empty for whatever a client sends
 */
public record Claim(
        String tenant,
        int weight,
        String agent,
        String label,
        OptionalInt priority,
        OptionalLong deadline,
        String audience) {
    public Claim {
        Objects.requireNonNull(tenant, "tenant");
        Objects.requireNonNull(agent, "agent");
        Objects.requireNonNull(label, "label");
        Objects.requireNonNull(priority, "priority");
        Objects.requireNonNull(audience, "audience");
        if (weight < Shares.MIN_WEIGHT || weight > Shares.MAX_WEIGHT) {
            throw new IllegalArgumentException(
                    "a weight is from " + Shares.MIN_WEIGHT + " to " + Shares.MAX_WEIGHT + ", not " + weight);
        }
        int asked = priority.orElse(0);
        if (asked < Shares.MIN_PRIORITY || asked > Shares.MAX_PRIORITY) {
            throw new IllegalArgumentException(
                    "a priority is from " + Shares.MIN_PRIORITY + " to " + Shares.MAX_PRIORITY + ", not " + asked);
        }
        if (deadline.isPresent() && deadline.getAsLong() <= 0) {
            throw new IllegalArgumentException("a deadline lies in the future, not " + deadline.getAsLong() + " ns on");
        }
    }

    /** Of a client. */
    public Claim(String tenant, int weight, String agent, String label, OptionalInt priority, OptionalLong deadline) {
        this(tenant, weight, agent, label, priority, deadline, "");
    }

    /** The same, made of what only these may read. */
    public Claim readBy(String readers) {
        return new Claim(tenant, weight, agent, label, priority, deadline, readers);
    }

    /** Of a usual tenant's agent that is in no hurry. */
    public static Claim of(String tenant, String agent) {
        return new Claim(tenant, (int) Shares.USUAL_WEIGHT, agent, agent, OptionalInt.empty(), OptionalLong.empty());
    }
}
