package telos.plans;

import java.util.SequencedMap;
import telos.kernel.security.Label;
import telos.plans.syntax.Position;

/** Hears what a run does, as it happens. */
public interface Listener {
    /** Hears nothing. */
    Listener DEAF = new Listener() {
        @Override
        public void effect(Position position, Tool tool, SequencedMap<String, Datum> arguments) {}

        @Override
        public void denied(Position position, String tool, String reason) {}

        @Override
        public void printed(String text) {}
    };

    /** A call of a tool with effects is about to be carried out: its rules held. */
    void effect(Position position, Tool tool, SequencedMap<String, Datum> arguments);

    void denied(Position position, String tool, String reason);

    /**
     * An argument of a call, or {@link Tool#CALL} for its context, was held against its rules. Calls that no rule is about
     * are not told. The label names sources, and no value.
     */
    default void checked(Position position, Tool tool, String argument, Label label, boolean allowed) {}

    /** The plan printed a text, with its line ends. It is for the owner alone. */
    void printed(String text);
}
