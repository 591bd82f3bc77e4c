package telos.kernel.scheduling;

/** Whether an entity's shares were changed. */
public sealed interface Change {

    /** They count from now on; what was served before stays as it was charged. */
    record Changed() implements Change {}

    /** They are what they were. */
    record Refused(Refusal refusal) implements Change {}
}
