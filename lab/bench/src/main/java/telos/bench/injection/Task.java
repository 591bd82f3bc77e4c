package telos.bench.injection;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import telos.plans.Datum;
import tools.jackson.databind.JsonNode;

/**
 * A task of the benchmark.
 *
 * @param text the prompt, or an attack's goal
 * @param calls what the benchmark's authors do to reach it; of some attacks, nothing
 * @param answer what they answer, empty where nothing
 */
public record Task(String name, String text, List<Call> calls, String answer) {
    /** One call of a tool. */
    public record Call(String tool, SequencedMap<String, Datum> arguments) {
        public Call {
            arguments = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(arguments));
        }
    }

    public Task {
        calls = List.copyOf(calls);
    }

    /** The user's tasks of a suite, by name. */
    public static SequencedMap<String, Task> ofUsers(String suite) {
        return read(suite, "user_tasks", "prompt");
    }

    /** The attackers' tasks of a suite, by name. */
    public static SequencedMap<String, Task> ofAttackers(String suite) {
        return read(suite, "injection_tasks", "goal");
    }

    private static SequencedMap<String, Task> read(String suite, String kind, String text) {
        SequencedMap<String, Task> tasks = new LinkedHashMap<>();
        Json.tree("tasks.json").path(suite).path(kind).properties().forEach(entry -> {
            JsonNode node = entry.getValue();
            List<Call> calls = new ArrayList<>();
            node.path("calls")
                    .forEach(call ->
                            calls.add(new Call(call.path("function").asString(), Json.fields(call.path("args")))));
            tasks.put(
                    entry.getKey(),
                    new Task(
                            entry.getKey(),
                            node.path(text).asString(""),
                            calls,
                            node.path("answer").asString("")));
        });
        return tasks;
    }
}
