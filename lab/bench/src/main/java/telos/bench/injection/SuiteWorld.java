package telos.bench.injection;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import telos.kernel.security.Label;
import telos.kernel.security.Rule;
import telos.kernel.security.Verdict;
import telos.plans.Datum;
import telos.plans.Invocation;
import telos.plans.Parameter;
import telos.plans.Result;
import telos.plans.Tool;
import telos.plans.World;

/** A suite's environment as the outside of one run of a plan. */
final class SuiteWorld<E extends Environment> implements World {
    /** The tool by which a plan tells the user something. */
    static final String ANSWER = "answer";

    private final Suite<E> suite;
    private final SequencedMap<String, Tool> tools;
    private final E environment;
    private final Reading reading;
    private final Person person;
    private final String attackersText;
    private final List<Datum> answers;
    private final boolean labels;
    private final List<Task.Call> effects = new ArrayList<>();
    private final List<Task.Call> agreed = new ArrayList<>();
    private final List<Verdict.Denied> reasons = new ArrayList<>();
    private final StringBuilder answer = new StringBuilder();

    /** A world.
     * @param attackersText what the tools that only a {@link ReactiveLoop} has tell
     * @param answers of every type that the reading gives
     * @param labels whether what the tools tell is labelled
     */
    SuiteWorld(
            Suite<E> suite,
            SequencedMap<String, Tool> tools,
            E environment,
            Reading reading,
            Person person,
            String attackersText,
            List<Datum> answers,
            boolean labels) {
        this.suite = suite;
        this.tools = tools;
        this.environment = environment;
        this.reading = reading;
        this.person = person;
        this.attackersText = attackersText;
        this.answers = List.copyOf(answers);
        this.labels = labels;
    }

    @Override
    public SequencedMap<String, Tool> tools() {
        return tools;
    }

    @Override
    public Result call(Invocation call) {
        Tool tool = call.tool();
        SequencedMap<String, Datum> arguments = call.arguments();
        return switch (tool.name()) {
            case ANSWER -> {
                answer.append(Schemas.text(new Datum.Fields(arguments), "text")).append('\n');
                yield Result.Value.of(new Datum.Text("told"));
            }
            case ReactiveLoop.DESCRIPTIONS -> Result.Value.of(new Datum.Text(attackersText));
            case ReactiveLoop.FAILING -> new Result.Failed(attackersText);
            default -> suiteCall(tool, arguments);
        };
    }

    private Result suiteCall(Tool tool, SequencedMap<String, Datum> arguments) {
        if (tool.effect()) {
            effects.add(new Task.Call(tool.name(), arguments));
        }
        Result result = suite.tool(tool.name()).call(environment, arguments, suite.rowLabels());
        return result instanceof Result.Value value && !labels ? Result.Value.of(value.datum()) : result;
    }

    @Override
    public Optional<Datum> ask(String question, Datum data, Datum schema) {
        return reading.answer(question, data, schema);
    }

    @Override
    public Map<String, List<Rule>> askRules() {
        return Map.of();
    }

    @Override
    public List<Datum> answers() {
        return answers;
    }

    /** A call that a rule denies becomes a question, with the call's exact arguments. */
    @Override
    public boolean agrees(Tool tool, SequencedMap<String, Datum> arguments, Verdict.Denied why) {
        Task.Call call = new Task.Call(tool.name(), arguments);
        boolean agrees = person.agrees(call, why);
        if (agrees) {
            agreed.add(call);
            reasons.add(why);
        }
        return agrees;
    }

    /** The calls with effects that were carried out, in order. */
    List<Task.Call> effects() {
        return effects;
    }

    /** The calls that a person agreed to, in order. */
    List<Task.Call> agreed() {
        return agreed;
    }

    /** Why each of these had to be asked. */
    List<Verdict.Denied> reasons() {
        return reasons;
    }

    String answer() {
        return answer.toString();
    }

    E environment() {
        return environment;
    }

    /**
     * The tools of a suite as plans see them.
     *
     * @param rules whether the suite's policy holds; without it every call is allowed, which only the laboratory can have
     */
    static <E extends Environment> SequencedMap<String, Tool> tools(Suite<E> suite, boolean rules) {
        Policy policy = Policy.read(suite.name());
        Map<String, List<Rule>> free = Map.of(Tool.CALL, List.of());
        SequencedMap<String, Tool> tools = new LinkedHashMap<>();
        for (Deed<E> deed : suite.deeds()) {
            List<Parameter> parameters = new ArrayList<>();
            for (Parameter parameter : deed.parameters()) {
                // Whom nobody names is nobody: an empty list says it where the benchmark has null.
                boolean nobody = policy.audiences(deed.name()).contains(parameter.name())
                        && parameter
                                .fallback()
                                .filter(Datum.Nothing.class::isInstance)
                                .isPresent();
                parameters.add(
                        nobody ? new Parameter(parameter.name(), Optional.of(new Datum.Items(List.of()))) : parameter);
            }
            tools.put(
                    deed.name(),
                    new Tool(
                            deed.name(),
                            parameters,
                            deed.effect(),
                            rules ? policy.of(deed.name()) : free,
                            Label.BOTTOM,
                            new LinkedHashMap<>(),
                            deed.mayFail(),
                            samples(suite, deed)));
        }
        Label strangers = rules ? Labels.open() : Label.BOTTOM;
        tools.put(
                ANSWER,
                tool(
                        ANSWER,
                        List.of(Parameter.required("text")),
                        rules ? policy.of(ANSWER) : free,
                        Label.BOTTOM,
                        false));
        tools.put(ReactiveLoop.DESCRIPTIONS, tool(ReactiveLoop.DESCRIPTIONS, List.of(), Map.of(), strangers, false));
        tools.put(ReactiveLoop.FAILING, tool(ReactiveLoop.FAILING, List.of(), Map.of(), strangers, true));
        return tools;
    }

    private static Tool tool(
            String name, List<Parameter> parameters, Map<String, List<Rule>> rules, Label label, boolean mayFail) {
        return new Tool(
                name,
                parameters,
                !rules.isEmpty(),
                rules,
                label,
                new LinkedHashMap<>(),
                mayFail,
                List.of(new Datum.Text("")));
    }

    /** Results of every type that a tool has: an effect tells how it went, and a reading is tried. */
    private static <E extends Environment> List<Datum> samples(Suite<E> suite, Deed<E> deed) {
        if (deed.effect()) {
            return List.of(new Datum.Text(""));
        }
        List<Datum> samples = new ArrayList<>();
        for (Task.Call call : suite.samples().getOrDefault(deed.name(), List.of())) {
            if (suite.call(suite.environment(Map.of()), call) instanceof Result.Value value) {
                samples.add(value.datum());
            }
        }
        return samples;
    }
}
