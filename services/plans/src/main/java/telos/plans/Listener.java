package telos.plans;

import java.util.SequencedMap;
import telos.plans.syntax.Position;

/** Hears what a run does, as it happens. */
public interface Listener {
    /** A call of a tool with effects is about to be carried out: its rules held. */
    void effect(Position position, Tool tool, SequencedMap<String, Datum> arguments);

    void denied(Position position, String tool, String reason);

    /** The plan printed a text, with its line ends. It is for the owner alone. */
    void printed(String text);
}
