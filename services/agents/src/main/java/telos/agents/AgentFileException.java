package telos.agents;

/** An agent file that cannot be run; the message says what, where and how to mend it. */
public final class AgentFileException extends Exception {
    private static final long serialVersionUID = 1L;

    AgentFileException(String message) {
        super(message);
    }
}
