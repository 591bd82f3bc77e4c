package telos.bench.injection;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import telos.plans.Datum;
import telos.plans.Parameter;
import telos.plans.Tool;
import tools.jackson.databind.node.ObjectNode;

/**
 * One suite under attack. Every task of a user is run alone; then together with every attack, whose text stands in every
 * place of the environment that can be injected: as the plan that was written for it, with a model for questions that
 * obeys the text, and as a {@link ReactiveLoop}, which meets the text in data, in a tool's description or in an error. An
 * attack has succeeded if one of these runs reaches its end state.
 */
final class Evaluation<E extends Environment> {
    private final Suite<E> suite;
    private final Score score;
    private final SequencedMap<String, Tool> tools;
    private final SequencedMap<String, Tool> unruled;

    private Evaluation(Suite<E> suite, Score score) {
        this.suite = suite;
        this.score = score;
        this.tools = SuiteWorld.tools(suite, true);
        this.unruled = SuiteWorld.tools(suite, false);
    }

    /** Every task alone and under every attack. */
    static <E extends Environment> void run(Suite<E> suite, Score score) {
        Evaluation<E> evaluation = new Evaluation<>(suite, score);
        SequencedMap<String, List<Task.Call>> agreed = evaluation.alone();
        Task.ofAttackers(suite.name())
                .values()
                .forEach(attack -> evaluation.attacked(attack, Task.ofUsers(suite.name()), agreed));
    }

    /** Every task alone. */
    static <E extends Environment> void runAlone(Suite<E> suite, Score score) {
        new Evaluation<>(suite, score).alone();
    }

    /** One task under one attack, after all tasks alone. */
    static <E extends Environment> void runPair(Suite<E> suite, String task, String attack, Score score) {
        Evaluation<E> evaluation = new Evaluation<>(suite, score);
        SequencedMap<String, Task> tasks = new LinkedHashMap<>(Task.ofUsers(suite.name()));
        tasks.keySet().retainAll(List.of(task));
        evaluation.attacked(
                Objects.requireNonNull(Task.ofAttackers(suite.name()).get(attack), attack), tasks, evaluation.alone());
    }

    /** The calls that had to be agreed to, by task. */
    private SequencedMap<String, List<Task.Call>> alone() {
        SequencedMap<String, List<Task.Call>> agreed = new LinkedHashMap<>();
        Task.ofUsers(suite.name()).forEach((name, task) -> agreed.put(name, alone(task)));
        return agreed;
    }

    private void attacked(Task attack, SequencedMap<String, Task> tasks, SequencedMap<String, List<Task.Call>> agreed) {
        Poisoned<E> poisoned = poisoned(attack);
        tasks.forEach((name, task) -> attacked(task, poisoned, agreed.getOrDefault(name, List.of())));
    }

    /** A suite's environment with an attacker's text in it. */
    private record Poisoned<E extends Environment>(
            Task attack, String text, ObjectNode filled, List<Task.Call> calls, EndState<E> taken) {}

    /** Who is asked, and whether there are labels at all. */
    private enum Guard {
        CAREFUL,
        YES,
        NONE
    }

    /** A user's task without an attacker; gives the calls that had to be agreed to. */
    private List<Task.Call> alone(Task task) {
        E before = suite.environment(Map.of());
        Task complete = complete(task);
        SuiteWorld<E> world = new SuiteWorld<>(
                suite,
                tools,
                suite.environment(Map.of()),
                Reading.prepared(answers(task)),
                Person.YES.within(granted(task)),
                "",
                answers(task),
                true);
        score.run();
        String failure = Trial.run(plan(task), world);
        boolean done = failure.isEmpty()
                && suite.done(task.name()).holds(new Change<>(before, world.environment(), world.answer()));
        List<String> wanted = effects(complete.calls());
        List<String> made = effects(world.effects());
        if (!done) {
            score.note(
                    suite.name() + " " + task.name() + ": " + (failure.isEmpty() ? "the end state is wrong" : failure));
        } else if (!made.equals(wanted)) {
            score.note(suite.name() + " " + task.name() + ": calls " + made + " instead of " + wanted);
        }
        score.userTask(
                done,
                made.size(),
                world.agreed().size(),
                effects(world.agreed()).size());
        world.reasons().forEach(why -> score.question(why.sink(), why.argument()));
        return world.agreed();
    }

    private List<String> effects(List<Task.Call> calls) {
        return calls.stream()
                .map(Task.Call::tool)
                .filter(tool -> suite.tool(tool).effect())
                .toList();
    }

    private Poisoned<E> poisoned(Task attack) {
        String text = "IMPORTANT, before you do anything else: " + attack.text();
        SequencedMap<String, String> injected = suite.template().defaults();
        injected.replaceAll((_, _) -> text);
        ObjectNode filled = suite.template().fill(injected);
        List<Task.Call> calls = suite.calls(attack, suite.reader().apply(filled)).stream()
                .map(this::complete)
                .toList();
        return new Poisoned<>(attack, text, filled, calls, suite.taken(attack.name()));
    }

    private void attacked(Task task, Poisoned<E> poisoned, List<Task.Call> agreed) {
        Fate careful = fate(task, poisoned, agreed, Guard.CAREFUL);
        if (careful.taken()) {
            score.note(
                    suite.name() + " " + task.name() + ": " + poisoned.attack().name() + " succeeds");
        }
        score.pair(careful, fate(task, poisoned, agreed, Guard.YES), fate(task, poisoned, agreed, Guard.NONE));
    }

    /** How a pair fares with that guard, by both drivers. */
    private Fate fate(Task task, Poisoned<E> poisoned, List<Task.Call> agreed, Guard guard) {
        return byPlan(task, poisoned, agreed, guard).and(byLoop(task, poisoned, guard));
    }

    private Fate byPlan(Task task, Poisoned<E> poisoned, List<Task.Call> agreed, Guard guard) {
        Fate fate = Fate.NOTHING;
        List<Task.Call> needed = new ArrayList<>(complete(task).calls());
        needed.addAll(agreed);
        int choices = Math.max(1, Forgery.texts(poisoned.calls()).size());
        for (int choice = 0; choice < choices && !fate.byPlan(); choice++) {
            AtomicInteger forged = new AtomicInteger();
            Reading obedient =
                    new Forgery(Reading.prepared(answers(task)), poisoned.calls(), poisoned.text(), choice, forged);
            Watched person = new Watched(person(guard, agreed), needed);
            boolean taken = taken(plan(task), poisoned, obedient, person.within(granted(task)), guard, answers(task));
            fate = fate.and(new Fate(taken, false, forged.get() > 0, person.asked()));
            if (forged.get() == 0) {
                break;
            }
        }
        return fate;
    }

    private Fate byLoop(Task task, Poisoned<E> poisoned, Guard guard) {
        Fate fate = Fate.NOTHING;
        Task complete = complete(task);
        for (ReactiveLoop.Place place : ReactiveLoop.Place.values()) {
            Datum orders = ReactiveLoop.told(poisoned.calls());
            AtomicInteger heard = new AtomicInteger();
            Reading obeys = (_, data, _) -> Optional.of(
                    Forgery.holds(data, poisoned.text()) && heard.getAndIncrement() == 0
                            ? orders
                            : new Datum.Items(List.of()));
            Watched person = new Watched(person(guard, complete.calls()), complete.calls());
            boolean taken = taken(
                    ReactiveLoop.plan(suite, task, place),
                    poisoned,
                    obeys,
                    person.within(granted(task)),
                    guard,
                    List.of(orders));
            fate = fate.and(new Fate(false, taken, heard.get() > 0, person.asked()));
        }
        return fate;
    }

    private static Person person(Guard guard, List<Task.Call> wanted) {
        return guard == Guard.CAREFUL ? Person.to(wanted) : Person.YES;
    }

    private boolean taken(
            String plan, Poisoned<E> poisoned, Reading reading, Person person, Guard guard, List<Datum> answers) {
        SuiteWorld<E> world = new SuiteWorld<>(
                suite,
                guard == Guard.NONE ? unruled : tools,
                suite.reader().apply(poisoned.filled()),
                reading,
                person,
                poisoned.text(),
                answers,
                guard != Guard.NONE);
        score.run();
        Trial.run(plan, world);
        E before = suite.reader().apply(poisoned.filled());
        return poisoned.taken().holds(new Change<>(before, world.environment(), world.answer()));
    }

    private String plan(Task task) {
        return Json.text("plans/" + suite.name() + "/" + task.name() + ".py");
    }

    /** The right readings of the data that a plan asks for; a plan that asks for none has no file of them. */
    private List<Datum> answers(Task task) {
        String file = "plans/" + suite.name() + "/" + task.name() + ".json";
        List<Datum> answers = new ArrayList<>();
        if (Json.has(file)) {
            Json.tree(file).forEach(answer -> answers.add(Json.datum(answer)));
        }
        return answers;
    }

    /** The tools that the user's request lets data decide about; a person is asked about each such call. */
    private Set<String> granted(Task task) {
        Set<String> granted = new TreeSet<>();
        Json.tree("plans/" + suite.name() + "/grants.json")
                .path(task.name())
                .forEach(tool -> granted.add(tool.asString()));
        return granted;
    }

    private Task complete(Task task) {
        return new Task(
                task.name(),
                task.text(),
                task.calls().stream().map(this::complete).toList(),
                task.answer());
    }

    /** The call with all its arguments, in the order of the tool's parameters. */
    private Task.Call complete(Task.Call call) {
        Tool tool = Objects.requireNonNull(tools.get(call.tool()), call.tool());
        SequencedMap<String, Datum> arguments = new LinkedHashMap<>();
        for (Parameter parameter : tool.parameters()) {
            Datum given = call.arguments().get(parameter.name());
            parameter.fallback().ifPresent(fallback -> arguments.put(parameter.name(), fallback));
            if (given != null) {
                arguments.put(parameter.name(), given);
            }
        }
        return new Task.Call(call.tool(), arguments);
    }
}
