package telos.cli;

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

    /** A piece of the answer. */
    void text(String delta);

    /** The run has ended; the answer is empty if it was broken off. */
    void end(String answer);
}
