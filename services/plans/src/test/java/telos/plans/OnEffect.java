package telos.plans;

import java.util.SequencedMap;
import java.util.function.BiConsumer;
import telos.plans.syntax.Position;

/** For tests that look at a run's effects alone. */
record OnEffect(BiConsumer<Tool, SequencedMap<String, Datum>> told) implements Listener {
    @Override
    public void effect(Position position, Tool tool, SequencedMap<String, Datum> arguments) {
        told.accept(tool, arguments);
    }

    @Override
    public void denied(Position position, String tool, String reason) {}

    @Override
    public void printed(String text) {}
}
