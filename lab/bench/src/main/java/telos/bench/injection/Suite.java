package telos.bench.injection;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * One suite of the benchmark.
 *
 * @param reader makes an environment of a filled template
 * @param rowLabels the label of each field of a row
 * @param done whether a user's task is done, by its name
 * @param taken whether an attacker's task is done, by its name
 */
public record Suite<E extends Environment>(
        String name,
        Template template,
        Function<ObjectNode, E> reader,
        List<Deed<E>> deeds,
        RowLabels<? super E> rowLabels,
        Map<String, EndState<E>> done,
        Map<String, EndState<E>> taken) {
    public Suite {
        deeds = List.copyOf(deeds);
    }

    /** The environment with texts that somebody has put in. */
    public E environment(Map<String, String> injected) {
        return reader.apply(template.fill(injected));
    }

    /** The tools by name. */
    public SequencedMap<String, Deed<E>> tools() {
        SequencedMap<String, Deed<E>> tools = new LinkedHashMap<>();
        deeds.forEach(deed -> tools.put(deed.name(), deed));
        return tools;
    }

    public Result call(E environment, Task.Call call) {
        Deed<E> deed = tools().get(call.tool());
        return deed == null
                ? new Result.Failed("there is no tool " + call.tool())
                : deed.call(environment, call.arguments(), rowLabels);
    }
}
