package telos.upstream;

import java.io.IOException;

/** Hears an answer as it arrives. Throwing breaks the turn off. */
@FunctionalInterface
public interface DeltaListener {
    void text(String delta) throws IOException;

    /**
     * More of a tool call. The first piece of an index brings the id and the name, later ones bring only arguments.
     *
     * @param index counts the calls from 0
     */
    default void call(int index, String id, String name, String argumentsDelta) throws IOException {}

    /** Nothing has come for a while; a chance to notice that whoever asked has gone. */
    default void waiting() throws IOException {}
}
