package telos.server.monitor;

import java.nio.charset.StandardCharsets;
import java.util.List;
import telos.kernel.security.Sha256;
import telos.kernel.security.policy.Policy;
import telos.kernel.security.policy.PolicyRule;
import telos.plans.policy.PolicyFault;
import telos.plans.policy.PolicyParser;
import telos.plans.policy.PolicyRead;
import telos.plans.policy.PolicyText;
import telos.plans.policy.ShippedPolicies;

/**
 * The policy that a daemon goes by.
 *
 * @param name as people know it: a file, or that of one which comes with Telos
 * @param stamp the SHA-256 of the text that the owner gave, in hex
 * @param text all of it, with what no policy takes back
 */
public record Rules(String name, String stamp, Policy policy, String text) {
    /** The policy for the built-in tools. */
    public static final String USUAL = ShippedPolicies.PREFIX + "host";

    /** What {@link #read} finds. */
    public sealed interface Read {
        record Accepted(Rules rules) implements Read {}

        record Refused(String why) implements Read {}
    }

    /** Reads a policy's text for these tools. */
    public static Read read(String name, byte[] text, List<String> tools) {
        return switch (PolicyParser.read(text)) {
            case PolicyRead.Accepted(PolicyText read) ->
                new Read.Accepted(new Rules(
                        name, Sha256.hex(text), read.policy(tools), new String(text, StandardCharsets.UTF_8)));
            case PolicyRead.Refused(PolicyFault fault) -> new Read.Refused(name + ": " + fault.describe());
        };
    }

    /** One that comes with Telos, by its name with the prefix. */
    public static Read shipped(String name, List<String> tools) {
        String bare = name.substring(ShippedPolicies.PREFIX.length());
        return ShippedPolicies.read(bare)
                .map(text -> read(name, text, tools))
                .orElseGet(() -> new Read.Refused(ShippedPolicies.unknown(bare)));
    }

    /** The same with more rules; people know it as the same. */
    Rules and(Standing more) {
        return more.rules().isEmpty()
                ? this
                : new Rules(name, stamp, policy.and(more.rules()), text + "\n" + more.text());
    }

    /** Rules that no policy takes back, and how they would stand in one. */
    public record Standing(String text, List<PolicyRule> rules) {
        public static final Standing NONE = new Standing("", List.of());

        public Standing {
            rules = List.copyOf(rules);
        }
    }

    /**
     * A rule that no policy takes back.
     *
     * @param text as it would stand in a policy
     */
    public static Standing standing(String text) {
        return switch (PolicyParser.read(text.getBytes(StandardCharsets.UTF_8))) {
            case PolicyRead.Accepted(PolicyText read) -> new Standing(text, read.rules());
            case PolicyRead.Refused(PolicyFault fault) -> throw new IllegalArgumentException(fault.describe());
        };
    }

    public static boolean isShipped(String name) {
        return name.startsWith(ShippedPolicies.PREFIX);
    }

    @Override
    public String toString() {
        return name + " " + stamp.substring(0, 12);
    }
}
