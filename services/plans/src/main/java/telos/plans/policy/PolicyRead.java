package telos.plans.policy;

/** What became of a policy's text. */
public sealed interface PolicyRead {
    record Accepted(PolicyText text) implements PolicyRead {}

    record Refused(PolicyFault fault) implements PolicyRead {}
}
