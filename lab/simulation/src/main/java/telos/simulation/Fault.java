package telos.simulation;

/** What goes wrong, or is changed, in the middle of a run. */
enum Fault {
    /** A tenant takes back all its requests at once, also those that run. */
    CANCEL_STORM,
    /** An agent is gone, with all it asked for. */
    DISCONNECT,
    /** An iteration comes to nothing, and some of its requests fail. */
    BATCH_FAILURE,
    /** The clock that the kernel sees jumps, ahead or back. */
    CLOCK_STEP,
    WEIGHT_CHANGE,
    POLICY_CHANGE
}
