package telos.inference.chat;

/** What came of tokens that were to be put into text. */
public sealed interface Detokenized {
    /** Their text; control tokens have none, and bytes that are no UTF-8 become U+FFFD. */
    record Text(String text) implements Detokenized {}

    /** The model cannot tell, or has no such token; the reason is fit for the client. */
    record Refused(ChatOutcome.Reason reason, String why) implements Detokenized {}
}
