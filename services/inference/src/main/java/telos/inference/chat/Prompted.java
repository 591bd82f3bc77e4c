package telos.inference.chat;

/** How long the prompt of a request is. */
public sealed interface Prompted {
    /** In tokens, as the model would be given it. */
    record Tokens(int count) implements Prompted {}

    /** There is no such prompt; the reason is fit for the client. */
    record Refused(ChatOutcome.Reason reason, String why) implements Prompted {}
}
