package telos.plans;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What is said of a tool to whoever writes plans.
 *
 * @param description in words
 * @param parameters types of parameters, as far as they are known
 * @param result the type of a result
 * @param definition by whom all this was said, where it was not the world's owner
 */
public record Manual(
        String description,
        SequencedMap<String, Schema> parameters,
        Optional<Schema> result,
        Optional<Definition> definition) {
    /** Nothing is said. */
    public static final Manual NONE = new Manual("", new LinkedHashMap<>(), Optional.empty(), Optional.empty());

    public Manual {
        parameters = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(parameters));
    }

    /**
     * A tool as its server defines it. It is untrusted text, until a person has looked at it and pinned it.
     *
     * @param whole the entry of the server's list of tools
     */
    public record Definition(String server, String name, Datum.Fields whole) {}
}
