package telos.bench.injection;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Stream;
import telos.plans.Datum;
import telos.plans.Result;
import tools.jackson.databind.node.ObjectNode;

/**
 * One suite of the benchmark.
 *
 * @param reader makes an environment of a filled template
 * @param rowLabels the label of each field of a row
 * @param done whether a user's task is done, by its name
 * @param taken whether an attacker's task is done, by its name
 * @param scripts the calls of the attackers' tasks for which the benchmark lists none, or none that fit every environment
 */
public record Suite<E extends Environment>(
        String name,
        Template template,
        Function<ObjectNode, E> reader,
        List<Deed<E>> deeds,
        RowLabels<? super E> rowLabels,
        Map<String, EndState<E>> done,
        Map<String, EndState<E>> taken,
        Map<String, Function<E, List<Task.Call>>> scripts) {
    /** Tools whose results are like those of another that can be asked for everything. */
    private static final Map<String, String> LIKE = Map.of(
            "get_unread_emails", "search_emails",
            "get_draft_emails", "search_emails",
            "search_emails", "search_emails",
            "search_contacts_by_name", "search_contacts_by_name",
            "search_contacts_by_email", "search_contacts_by_email",
            "search_calendar_events", "search_calendar_events",
            "get_day_calendar_events", "search_calendar_events",
            "search_files", "list_files",
            "search_files_by_filename", "list_files");

    public Suite {
        deeds = List.copyOf(deeds);
    }

    /** The environment with texts that somebody has put in. */
    public E environment(Map<String, String> injected) {
        return reader.apply(template.fill(injected));
    }

    public Result call(E environment, Task.Call call) {
        return tool(call.tool()).call(environment, call.arguments(), rowLabels);
    }

    EndState<E> done(String task) {
        return Objects.requireNonNull(done.get(task), task);
    }

    EndState<E> taken(String attack) {
        return Objects.requireNonNull(taken.get(attack), attack);
    }

    /** The calls that reach an attacker's goal. */
    public List<Task.Call> calls(Task attack, E environment) {
        Function<E, List<Task.Call>> script = scripts.get(attack.name());
        return script == null ? attack.calls() : script.apply(environment);
    }

    /** The tool of that name. */
    Deed<E> tool(String tool) {
        return deeds.stream()
                .filter(deed -> deed.name().equals(tool))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(name + " has no tool " + tool));
    }

    /** Calls by tool whose results show what types its results have: what the benchmark's authors call. */
    Map<String, List<Task.Call>> samples() {
        Map<String, List<Task.Call>> samples = new LinkedHashMap<>();
        deeds.stream()
                .filter(deed -> deed.parameters().stream()
                        .allMatch(parameter -> parameter.fallback().isPresent()))
                .forEach(deed -> add(samples, new Task.Call(deed.name(), new LinkedHashMap<>())));
        Stream.of(Task.ofUsers(name), Task.ofAttackers(name))
                .flatMap(tasks -> tasks.values().stream())
                .flatMap(task -> task.calls().stream())
                .forEach(call -> add(samples, call));
        deeds.forEach(deed -> {
            String like = LIKE.getOrDefault(deed.name(), "");
            if (deeds.stream().anyMatch(other -> other.name().equals(like))) {
                Deed<E> search = tool(like);
                SequencedMap<String, Datum> everything = new LinkedHashMap<>();
                search.parameters()
                        .forEach(parameter -> everything.put(
                                parameter.name(), parameter.fallback().orElse(new Datum.Text(""))));
                samples.computeIfAbsent(deed.name(), _ -> new ArrayList<>()).add(new Task.Call(like, everything));
            }
        });
        return samples;
    }

    private static void add(Map<String, List<Task.Call>> samples, Task.Call call) {
        samples.computeIfAbsent(call.tool(), _ -> new ArrayList<>()).add(call);
    }
}
