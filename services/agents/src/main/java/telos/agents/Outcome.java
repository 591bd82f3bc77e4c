package telos.agents;

/** How a run of an agent ended. */
public sealed interface Outcome {
    /** The model answered. */
    record Answered(String text) implements Outcome {}

    /** It could not go on: a limit, a refusal or a fault; the reason is fit for a person. */
    record Stopped(String why) implements Outcome {}

    /** Somebody killed it. */
    record Killed() implements Outcome {}
}
