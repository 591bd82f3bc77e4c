package telos.inference.chat;

import java.io.IOException;
import java.util.List;

/** Hears a turn as it is generated, on the thread that asked for it. Throwing cancels the turn. */
@FunctionalInterface
public interface ChatListener {
    /**
     * More of the answer's text; never half a character.
     *
     * @param tokens those generated since the last call, with their probabilities; empty unless asked for. Text that
     *     could start a stop text is held back, so the tokens of a delta may spell more or less than it
     */
    void text(String delta, List<TokenProbability> tokens) throws IOException;

    /**
     * More of a tool call. The first piece of an index brings the id and the name, later ones bring only arguments;
     * all arguments of an index, joined, are those of the call.
     *
     * @param index counts the calls of the turn from 0
     * @param id empty after the first piece
     * @param name empty after the first piece
     */
    default void call(int index, String id, String name, String argumentsDelta) throws IOException {}

    /** Nothing new for a while; a chance to notice that whoever asked has gone. */
    default void waiting() throws IOException {}

    /** Hears nothing. */
    static ChatListener silent() {
        return (_, _) -> {};
    }
}
