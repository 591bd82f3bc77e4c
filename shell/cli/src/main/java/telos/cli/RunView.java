package telos.cli;

import java.util.Optional;
import telos.cli.wire.Json;

/** Who is told of a run as it goes on. */
interface RunView {
    /** Tells nobody. */
    RunView SILENT = new RunView() {
        @Override
        public void call(String tool, Json arguments) {}

        @Override
        public void result(String text, boolean failed) {}

        @Override
        public void text(String delta) {}

        @Override
        public void end(String answer) {}
    };

    void call(String tool, Json arguments);

    void result(String text, boolean failed);

    /** A person is asked whether a call may be made; empty if this is not how it is answered. */
    default Optional<Boolean> asked(Json question) {
        return Optional.empty();
    }

    /** A piece of the answer. */
    void text(String delta);

    /** The run has ended; the answer is empty if it was broken off. */
    void end(String answer);
}
