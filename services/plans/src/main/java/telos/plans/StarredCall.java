package telos.plans;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;
import telos.plans.values.Attributes;
import telos.plans.values.BoundMethod;
import telos.plans.values.Builtin;
import telos.plans.values.Calls;
import telos.plans.values.ErrorKind;
import telos.plans.values.Iterators;
import telos.plans.values.Kind;
import telos.plans.values.Outline;
import telos.plans.values.Payload;
import telos.plans.values.Type;

/**
 * What a call is given, as a walk sees it; some of it may be spread, {@code f(a, *xs, b=c, **d)}. How many arguments there
 * are, and by which names, is not always known then: a function of the plan is walked once for all of them, with each parameter as
 * whatever may come to it. What is built in is told for each number of arguments that it has parameters for and, where it
 * takes any number, for a few and for the most; what is told of the most covers those between.
 *
 * @param inOrder the arguments in order that are there in any case
 * @param byName the same by their names
 * @param more what each further one in order can be; null where there are none
 * @param most how many of them there are at most
 * @param others what each further one by name can be; null where there are none
 * @param mostOthers how many of those there are at most
 * @param decided who may know how many there are
 */
record StarredCall(
        List<Shadow> inOrder,
        Map<String, Shadow> byName,
        @Nullable Shadow more,
        long most,
        @Nullable Shadow others,
        long mostOthers,
        Label decided) {
    /** Where there may be more than so many, anything may come of what takes any number. */
    private static final long MANY = 1000;

    /** Of what takes any number, so many are looked at one by one. */
    private static final int FEW = 8;

    /** Of so many names, whichever of them may be given is looked at. */
    private static final int FEW_NAMES = 3;

    /** One way in which the arguments may be given. */
    private record Way(List<Shadow> inOrder, Map<String, Shadow> byName) {}

    /** @param values what each argument is, or what it spreads; asked for as they are evaluated */
    static StarredCall of(Walk walk, Object site, List<Accesses.Given> given, IntFunction<Shadow> values) {
        List<Shadow> inOrder = new ArrayList<>();
        Map<String, Shadow> byName = new LinkedHashMap<>();
        Shadow more = null;
        long most = 0;
        Shadow others = null;
        long mostOthers = 0;
        Label decided = Label.BOTTOM;
        for (int i = 0; i < given.size(); i++) {
            if (given.get(i).isNamed()) {
                continue;
            }
            Shadow value = values.apply(i);
            List<Shadow> parts = given.get(i).stars() == 1 ? walk.parts(value) : List.of(value);
            if (parts == null) {
                Outline of = Iterators.outline(walk.outline(value)).result();
                decided = decided.join(walk.control(value));
                walk.cost(1, Machine.times(of.extent(), 64));
                more = Walk.both(more, walk.next(value, site));
                most = Machine.plus(most, of.extent());
            } else {
                walk.cost(1, 16L * parts.size());
                if (more == null) {
                    inOrder.addAll(parts);
                } else {
                    for (Shadow part : parts) {
                        more = more.join(part);
                    }
                    most = Machine.plus(most, parts.size());
                }
            }
        }
        for (int i = 0; i < given.size(); i++) {
            String name = given.get(i).name();
            if (name != null) {
                give(walk, byName, name, values.apply(i));
            } else if (given.get(i).isNamed()) {
                Shadow value = values.apply(i);
                Outline of = walk.outline(value);
                walk.cost(1, Machine.times(of.extent(), 64));
                Map<String, Outline> fields = of.isOnly(Kind.DICT) ? of.fields() : null;
                if (fields != null) {
                    fields.forEach((key, field) -> {
                        Shadow exact = walk.field(value, key);
                        give(
                                walk,
                                byName,
                                key,
                                exact == null ? walk.element(value, field, Label.BOTTOM) : exact.outlined(field));
                    });
                    continue;
                }
                decided = decided.join(walk.control(value));
                others = Walk.both(others, walk.element(value, of.elementOrNone(), Label.BOTTOM));
                mostOthers = Machine.plus(mostOthers, of.extent());
            }
        }
        return new StarredCall(inOrder, byName, more, most, others, mostOthers, decided);
    }

    private static void give(Walk walk, Map<String, Shadow> byName, String name, Shadow value) {
        if (byName.put(name, value) != null) {
            walk.fails(Failures.of(ErrorKind.TYPE), Label.BOTTOM);
        }
    }

    private boolean isExact() {
        return more == null && others == null;
    }

    Shadow call(Walk walk, Object site, Shadow callee) {
        if (isExact()) {
            return WalkCalls.call(walk, site, callee, inOrder, byName);
        }
        walk.fails(Failures.of(ErrorKind.TYPE), decided);
        return WalkCalls.call(walk, callee, each -> one(walk, site, each, callee), () -> anything(walk, site, callee))
                .raised(decided);
    }

    /** Calls a method, whichever kind it is of. */
    Shadow method(Walk walk, Object site, String name, Shadow self) {
        if (isExact()) {
            return WalkCalls.method(walk, site, name, self, inOrder, byName);
        }
        walk.fails(Failures.of(ErrorKind.TYPE), decided);
        List<Way> ways = ways(Attributes.methods(walk.outline(self), name), 1);
        Shadow result = inEach(
                walk,
                ways,
                way -> WalkCalls.method(walk, site, name, self, way.inOrder(), way.byName()),
                () -> anything(walk, site, self));
        return result.raised(decided);
    }

    private Shadow one(Walk walk, Object site, Payload callee, Shadow shadow) {
        if (callee instanceof Closure closure) {
            return WalkCalls.inline(walk, closure, (defaults, slots) -> place(walk, closure.code, defaults, slots));
        }
        List<Way> ways = switch (callee) {
            case Builtin builtin -> ways(List.of(builtin), 0);
            case BoundMethod method -> ways(List.of(method.method()), 1);
            case ToolFunction tool -> ways(tool);
            case Type type -> ways(type);
            default -> null;
        };
        return inEach(
                walk,
                ways,
                way -> WalkCalls.one(walk, site, callee, shadow, way.inOrder(), way.byName()),
                () -> anything(walk, site, shadow));
    }

    private Shadow inEach(Walk walk, @Nullable List<Way> ways, Function<Way, Shadow> call, Supplier<Shadow> anything) {
        return ways == null ? anything.get() : WalkCalls.several(walk, ways, call, Shadow.of(Outline.NEVER, decided));
    }

    private Shadow anything(Walk walk, Object site, Shadow callee) {
        List<Shadow> all = new ArrayList<>(inOrder);
        if (more != null) {
            all.add(more);
        }
        if (others != null) {
            all.add(others);
        }
        return WalkCalls.unknown(walk, site, callee, all, byName);
    }

    // What is built in.

    /** @param selves how many of their parameters are taken already */
    private @Nullable List<Way> ways(List<Builtin> callees, int selves) {
        long parameters = 0;
        boolean any = false;
        boolean anyName = false;
        Set<String> names = new LinkedHashSet<>();
        for (Builtin each : callees) {
            parameters = Math.max(parameters, each.mostInOrder() - selves);
            any |= each.takesAnyInOrder();
            anyName |= each.takesAnyByName();
            names.addAll(each.names());
        }
        names.removeAll(byName.keySet());
        if (others != null && (anyName || names.size() > FEW_NAMES)) {
            return null;
        }
        return ways(parameters, any, choices(List.copyOf(names)));
    }

    private @Nullable List<Way> ways(ToolFunction tool) {
        List<String> names =
                tool.tool.parameters().stream().map(Parameter::name).toList();
        return ways(names.size(), tool.sort == ToolFunction.Sort.PRINT, suffixes(names));
    }

    private @Nullable List<Way> ways(Type type) {
        if (type.instances() == Kind.INSTANCE) {
            // What each field can be does not hang on the others.
            return ways(
                    0,
                    false,
                    suffixes(type.fields().stream().map(Type.Field::name).toList()));
        }
        if (type.instances() == Kind.EXCEPTION || type.isMadeByPlan()) {
            return ways(0, true, List.of(Set.of()));
        }
        Builtin constructor = Calls.constructor(type);
        return ways(constructor == null ? List.of() : List.of(constructor), 0);
    }

    private @Nullable List<Way> ways(long parameters, boolean any, List<Set<String>> choices) {
        if (any && most > MANY) {
            return null;
        }
        long counted = Math.min(most, Math.max(parameters - inOrder.size() + 1, any ? FEW : 0));
        List<Way> all = new ArrayList<>();
        for (Set<String> names : choices) {
            for (long count = 0; count <= counted; count++) {
                all.add(way(count, names));
            }
            if (any && most > counted) {
                all.add(way(most, names));
            }
        }
        return all;
    }

    private Way way(long count, Set<String> names) {
        List<Shadow> all = new ArrayList<>(inOrder);
        for (long i = 0; i < count && more != null; i++) {
            all.add(more);
        }
        Map<String, Shadow> named = new LinkedHashMap<>(byName);
        for (String each : names) {
            if (others != null) {
                named.put(each, others);
            }
        }
        return new Way(all, named);
    }

    /** Each choice of the names. */
    private List<Set<String>> choices(List<String> names) {
        List<Set<String>> all = new ArrayList<>();
        for (int chosen = 0; chosen < (others == null ? 1 : 1 << names.size()); chosen++) {
            Set<String> choice = new LinkedHashSet<>();
            for (int i = 0; i < names.size(); i++) {
                if ((chosen >> i & 1) == 1) {
                    choice.add(names.get(i));
                }
            }
            all.add(choice);
        }
        return all;
    }

    /** None of the names, all, and the last of them for each number: those before may be given in order. */
    private List<Set<String>> suffixes(List<String> names) {
        List<Set<String>> all = new ArrayList<>();
        all.add(Set.of());
        for (int from = 0; others != null && from < names.size(); from++) {
            Set<String> rest = new LinkedHashSet<>(names.subList(from, names.size()));
            rest.removeAll(byName.keySet());
            all.add(rest);
        }
        return all;
    }

    // Functions of the plan.

    private void place(Walk walk, Code code, @Nullable Shadow[] defaults, @Nullable Shadow[] slots) {
        List<Code.Parameter> positional = code.positional;
        int parameters = positional.size();
        int placed = Math.min(inOrder.size(), parameters);
        if (inOrder.size() > parameters && code.rest == null) {
            throw new Binding.Misfit("too many arguments");
        }
        for (int i = 0; i < placed; i++) {
            slots[positional.get(i).slot()] = inOrder.get(i);
        }
        Map<String, Shadow> left = new LinkedHashMap<>();
        byName.forEach((name, value) -> {
            Code.Parameter parameter = Binding.named(code, name);
            if (parameter == null) {
                left.put(name, value);
            } else {
                slots[parameter.slot()] = value;
            }
        });
        for (int i = placed; i < parameters; i++) {
            fill(positional.get(i), Walk.both(more, others), defaults[i], slots);
        }
        for (int i = 0; i < code.keywordOnly.size(); i++) {
            fill(code.keywordOnly.get(i), others, defaults[parameters + i], slots);
        }
        if (code.rest != null) {
            slots[code.rest.slot()] = rest(walk, inOrder.subList(placed, inOrder.size()));
        }
        if (code.keywords != null) {
            slots[code.keywords.slot()] = keywords(walk, code, left);
        } else if (!left.isEmpty()) {
            throw new Binding.Misfit("an unexpected name");
        }
    }

    /** Gives a parameter what it may be given, or its default, where nothing is there in any case. */
    private void fill(
            Code.Parameter parameter, @Nullable Shadow given, @Nullable Shadow fallback, @Nullable Shadow[] slots) {
        if (slots[parameter.slot()] == null) {
            Shadow value = Walk.both(given, fallback);
            if (value == null) {
                throw new Binding.Misfit("an argument is missing");
            }
            slots[parameter.slot()] = value.raised(decided);
        }
    }

    private Shadow rest(Walk walk, List<Shadow> sure) {
        if (more == null) {
            return WalkCalls.tuple(walk, sure);
        }
        Shadow element = more;
        for (Shadow each : sure) {
            element = element.join(each);
        }
        long extent = Machine.plus(most, sure.size());
        return Shadow.of(
                Outline.holding(Kind.TUPLE, extent, walk.outline(element), null),
                decided.join(element.label()),
                element.refs());
    }

    private Shadow keywords(Walk walk, Code code, Map<String, Shadow> sure) {
        if (others == null) {
            return WalkCalls.named(walk, code, sure);
        }
        Shadow element = others;
        for (Shadow each : sure.values()) {
            element = element.join(each);
        }
        long extent = Machine.plus(mostOthers, sure.size());
        Outline name = Outline.text(Outline.UNBOUNDED);
        Shadow made = WalkCalls.made(
                walk, code, Outline.holding(Kind.DICT, extent, walk.outline(element), name), List.of(element), null);
        walk.shape(made.refs(), decided);
        return made.raised(decided);
    }
}
