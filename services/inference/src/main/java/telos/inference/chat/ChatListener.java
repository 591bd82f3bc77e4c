package telos.inference.chat;

import java.io.IOException;

/** Hears a turn as it is generated, on the thread that asked for it. Throwing cancels the turn. */
public interface ChatListener {
    /** More of the answer's text; never half a character. */
    void text(String delta) throws IOException;

    /** Nothing new for a while; a chance to notice that whoever asked has gone. */
    default void waiting() throws IOException {}

    /** Hears nothing. */
    static ChatListener silent() {
        return delta -> {};
    }
}
