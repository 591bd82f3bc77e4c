package telos.tools.host;

import java.time.Duration;

/** Lets time pass between two samples. */
@FunctionalInterface
interface Pause {
    void pause(Duration span) throws InterruptedException;
}
