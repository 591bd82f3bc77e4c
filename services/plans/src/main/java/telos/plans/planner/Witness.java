package telos.plans.planner;

import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;
import telos.plans.Datum;
import telos.plans.Listener;
import telos.plans.Tool;
import telos.plans.syntax.Position;

/** Passes on what a run does, and remembers which rule a denied call had broken. */
final class Witness implements Listener {
    private final Listener next;
    private @Nullable Position place;
    private String tool = "";
    private String argument = "";

    Witness(Listener next) {
        this.next = next;
    }

    /** The argument by which the call there was denied; empty if it was denied by no rule of an argument. */
    Optional<String> refused(Position where, String name) {
        return where.equals(place) && name.equals(tool) && !argument.isEmpty()
                ? Optional.of(argument)
                : Optional.empty();
    }

    @Override
    public void effect(Position position, Tool called, SequencedMap<String, Datum> arguments) {
        next.effect(position, called, arguments);
    }

    @Override
    public void denied(Position position, String name, String reason) {
        next.denied(position, name, reason);
    }

    @Override
    public void checked(Position position, Tool called, String checked, Label label, boolean allowed) {
        if (!position.equals(place) || !called.name().equals(tool)) {
            place = position;
            tool = called.name();
            argument = "";
        }
        if (!allowed && argument.isEmpty()) {
            argument = checked;
        }
        next.checked(position, called, checked, label, allowed);
    }

    @Override
    public void printed(String text) {
        next.printed(text);
    }
}
