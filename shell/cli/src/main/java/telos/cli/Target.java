package telos.cli;

import telos.cli.wire.Json;

/**
 * Somebody to be stopped: an agent, by the number that {@code telos ps} shows, a plan, as the audit names it, a program, by that
 * number after a p, or a request or all requests of a client's agent, by the name of the model's clock, a # and the number that {@code telos sched}
 * shows.
 */
sealed interface Target {
    record Agent(long id) implements Target {}

    /** A plan that acts through the daemon. */
    record Plan(long id) implements Target {}

    record Program(long id) implements Target {}

    record Entity(String id) implements Target {}

    /** Nobody that can be stopped is called so. */
    record None() implements Target {}

    static Target of(String word) {
        if (word.matches("\\d{1,18}")) {
            return new Agent(Long.parseLong(word));
        }
        if (word.matches("agent-\\d{1,18}")) {
            return new Agent(Long.parseLong(word.substring("agent-".length())));
        }
        if (word.matches("plan-\\d{1,18}")) {
            return new Plan(Long.parseLong(word.substring("plan-".length())));
        }
        if (word.matches("p\\d{1,18}")) {
            return new Program(Long.parseLong(word.substring(1)));
        }
        return word.matches(".+#\\d{1,18}") ? new Entity(word) : new None();
    }

    default String title() {
        return switch (this) {
            case Agent(long id) -> "agent " + id;
            case Plan(long id) -> "plan-" + id;
            case Program(long id) -> "program p" + id;
            case Entity(String id) -> "entity " + Paint.line(id);
            case None() -> "nobody";
        };
    }

    /** Tells it to stop; false if it does not run. */
    default boolean kill(DaemonClient client) throws CommandException {
        return switch (this) {
            case Agent(long id) -> client.send("DELETE", "/agents/" + id);
            case Plan(long id) -> client.send("DELETE", "/plans/plan-" + id);
            case Program(long id) -> client.send("DELETE", "/programs/" + id);
            case Entity(String id) -> client.send("POST", "/sched/cancel", Json.object("entity", id));
            case None() -> false;
        };
    }

    /** Sends it a signal; false if it does not run. */
    default boolean signal(DaemonClient client, String signal) throws CommandException {
        return switch (this) {
            case Program(long id) -> client.send("POST", "/programs/" + id + "/signal", Json.object("signal", signal));
            case Agent _, Plan _, Entity _, None _ ->
                throw CommandException.usage(title() + " takes no signals; programs do, such as p1");
        };
    }
}
