package telos.cli;

import telos.cli.wire.Json;

/** Somebody to be stopped: an agent, by the number that {@code telos ps} shows, or a program, by that number after a p. */
sealed interface Target {
    record Agent(long id) implements Target {}

    record Program(long id) implements Target {}

    /** Nobody that can be stopped is called so. */
    record None() implements Target {}

    static Target of(String word) {
        if (word.matches("\\d{1,18}")) {
            return new Agent(Long.parseLong(word));
        }
        return word.matches("p\\d{1,18}") ? new Program(Long.parseLong(word.substring(1))) : new None();
    }

    default String title() {
        return switch (this) {
            case Agent(long id) -> "agent " + id;
            case Program(long id) -> "program p" + id;
            case None() -> "nobody";
        };
    }

    /** Tells it to stop; false if it does not run. */
    default boolean kill(DaemonClient client) throws CommandException {
        return switch (this) {
            case Agent(long id) -> client.send("DELETE", "/agents/" + id);
            case Program(long id) -> client.send("DELETE", "/programs/" + id);
            case None() -> false;
        };
    }

    /** Sends it a signal; false if it does not run. */
    default boolean signal(DaemonClient client, String signal) throws CommandException {
        return switch (this) {
            case Program(long id) -> client.send("POST", "/programs/" + id + "/signal", Json.object("signal", signal));
            case Agent _, None _ ->
                throw CommandException.usage(title() + " takes no signals; programs do, such as p1");
        };
    }
}
