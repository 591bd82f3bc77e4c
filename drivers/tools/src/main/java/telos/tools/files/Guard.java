package telos.tools.files;

import java.nio.file.Path;
import telos.kernel.security.Label;

/** Stands beside a call that looks at files: says what below its path it may look at, and hears what it comes to carry. */
public interface Guard {
    /** Lets everything be looked at. */
    Guard NONE = new Guard() {
        @Override
        public boolean mayOpen(Path entry) {
            return true;
        }

        @Override
        public void read(Label stored) {}
    };

    /** Whether something below the path may be opened or named. */
    boolean mayOpen(Path entry);

    /** A file was read that carries this label. */
    void read(Label stored);
}
