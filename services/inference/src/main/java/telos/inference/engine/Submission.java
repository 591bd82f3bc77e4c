package telos.inference.engine;

/** The answer to a request. */
public sealed interface Submission {
    /** It will be served; the listener hears the rest. */
    record Accepted(long id) implements Submission {}

    /** It can never be served: it is longer than the context or than all of memory. */
    record TooLong(String why) implements Submission {}

    /** It cannot be served now. */
    record Busy(String why) implements Submission {}

    /** It would end later than it asks for. */
    record TooLate(String why) implements Submission {}
}
