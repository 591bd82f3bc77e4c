package telos.inference.chat;

import java.io.IOException;
import java.util.Optional;
import telos.kernel.Message;

/** Reads a turn back from its tokens, as they come. */
interface TurnReader {
    /** Hears what of a turn may be shown. */
    interface Sink {
        void text(String delta) throws IOException;

        void call(int index, String id, String name, String argumentsDelta) throws IOException;
    }

    /** Takes a token; what may be shown now goes to the sink. */
    void accept(int token, Sink sink) throws IOException;

    /** The turn is over: what was still held back goes to the sink. */
    void finish(Sink sink) throws IOException;

    /** The stop text that was met, after which nothing more is wanted. */
    Optional<String> stopText();

    /** Whether the turn breaks off within a call. */
    default boolean broken() {
        return false;
    }

    /** The turn, once {@link #finish} was called; calls that are not whole are no part of it. */
    Message.Assistant message();
}
