package telos.cli;

import java.time.Duration;

/** Shows something again and again: in the same place on a terminal, block by block elsewhere. */
final class Repetition {
    private final Session session;
    private final Duration pause;
    private boolean begun;

    Repetition(Session session, long seconds) {
        this.session = session;
        this.pause = Duration.ofSeconds(seconds);
    }

    /** Before each showing. */
    void separate() {
        if (session.paint().colours()) {
            session.out().print("\u001b[H\u001b[2J");
        } else if (begun) {
            session.out().println();
        }
        begun = true;
    }

    /** Waits for the next one's time; false if nobody reads any more. */
    boolean again() {
        if (session.out().checkError()) {
            return false;
        }
        try {
            Thread.sleep(pause);
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
