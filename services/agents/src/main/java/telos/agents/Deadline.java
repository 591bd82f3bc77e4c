package telos.agents;

/** The end of an agent's time: it interrupts the agent's thread while the agent runs on it, and never afterwards. */
final class Deadline {
    private final Thread thread;
    private boolean over;
    private boolean struck;

    Deadline(Thread thread) {
        this.thread = thread;
    }

    synchronized void strike() {
        if (!over) {
            struck = true;
            thread.interrupt();
        }
    }

    /** The agent has ended; the thread is its owner's again. */
    synchronized void over() {
        over = true;
    }

    /** Whether the time ran out while the agent ran. */
    synchronized boolean struck() {
        return struck;
    }
}
