package telos.cli;

import java.io.Serial;

/** A command cannot go on: a message for the person who typed it, and the exit status. */
final class CommandException extends Exception {
    @Serial
    private static final long serialVersionUID = 1;

    private final int status;

    private CommandException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** Used rightly, and could not be done: status 1. */
    static CommandException failed(String message) {
        return new CommandException(1, message);
    }

    /** Used wrongly: status 2. */
    static CommandException usage(String message) {
        return new CommandException(2, message);
    }

    /** With a status of the caller's choice. */
    static CommandException ended(int status, String message) {
        return new CommandException(status, message);
    }

    int status() {
        return status;
    }
}
