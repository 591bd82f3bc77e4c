package telos.plans;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;
import telos.plans.values.BoundMethod;
import telos.plans.values.Builtin;
import telos.plans.values.Calls;
import telos.plans.values.ErrorKind;
import telos.plans.values.Errors;
import telos.plans.values.Kind;
import telos.plans.values.Outline;
import telos.plans.values.Payload;
import telos.plans.values.Prospect;
import telos.plans.values.Type;
import telos.plans.values.Value;

/**
 * Calls, as a walk sees them.
 *
 * <p>This file is long because it has each kind of thing that can be called.
 */
final class WalkCalls {
    /** What gives nothing that stands in what it is called on. */
    private static final Set<String> TELLS_SHAPE = Set.of("len", "append");

    /** Methods that put their argument itself into what they are called on. */
    private static final Set<String> PUTS = Set.of("append", "add");

    private static final Set<String> SORTS = Set.of("sort", "sorted");

    private static final Shadow LAST = Shadow.known(Value.of(-1));

    private WalkCalls() {}

    static Shadow call(Walk walk, Object site, Shadow callee, List<Shadow> inOrder, Map<String, Shadow> byName) {
        return call(
                walk,
                callee,
                payload -> one(walk, site, payload, callee, inOrder, byName),
                () -> unknown(walk, site, callee, inOrder, byName));
    }

    /**
     * Calls what it may be.
     *
     * @param one calls what is known
     * @param unknown calls what is not
     */
    static Shadow call(Walk walk, Shadow callee, Function<Payload, Shadow> one, Supplier<Shadow> unknown) {
        Label before = walk.pc;
        walk.pc = before.join(callee.label());
        Outline outline = walk.outline(callee);
        if (!outline.isOnly(Kind.FUNCTION) && !onlyCallable(outline)) {
            walk.fails(Failures.of(ErrorKind.TYPE), callee.label());
        }
        Shadow result = outline.known() == null
                ? unknown.get()
                : several(walk, outline.known(), one, Shadow.of(Outline.NEVER, callee.label()));
        walk.restore(before);
        return result.raised(callee.label());
    }

    private static boolean onlyCallable(Outline outline) {
        for (Kind each : outline.kinds()) {
            if (each != Kind.FUNCTION && each != Kind.TYPE) {
                return false;
            }
        }
        return true;
    }

    /**
     * Takes each of these ways from the same state, and joins what they give and where they end.
     *
     * @param none what comes of it where there are no ways
     */
    static <T> Shadow several(Walk walk, Collection<T> ways, Function<T, Shadow> go, Shadow none) {
        State start = ways.size() > 1 ? walk.fork() : null;
        State end = null;
        Shadow result = null;
        for (T each : ways) {
            if (start != null) {
                walk.state = start.copy();
            }
            Shadow one = go.apply(each);
            result = result == null ? one : result.join(one);
            if (start != null) {
                end = walk.merge(end, walk.state);
            }
        }
        if (start != null) {
            walk.state = end;
        }
        return result == null ? none : result;
    }

    static Shadow one(
            Walk walk, Object site, Payload callee, Shadow shadow, List<Shadow> inOrder, Map<String, Shadow> byName) {
        return switch (callee) {
            case Closure closure ->
                inline(
                        walk,
                        closure,
                        (defaults, slots) -> Binding.bind(
                                closure.code,
                                inOrder,
                                byName,
                                defaults,
                                slots,
                                rest -> tuple(walk, rest),
                                named -> named(walk, closure.code, named)));
            case Builtin builtin
            when builtin.isMethod() && !inOrder.isEmpty() -> {
                Shadow self = inOrder.getFirst();
                if (!builtin.isOf(walk.outline(self))) {
                    Label label = Label.BOTTOM;
                    for (Shadow each : all(null, inOrder, byName)) {
                        label = label.join(each.label());
                    }
                    walk.fails(Failures.of(ErrorKind.TYPE), label);
                }
                yield builtin(walk, site, builtin, self, inOrder.subList(1, inOrder.size()), byName);
            }
            case Builtin builtin -> builtin(walk, site, builtin, null, inOrder, byName);
            case BoundMethod method -> builtin(walk, site, method.method(), walk.lift(method.self()), inOrder, byName);
            case ToolFunction tool -> ToolCalls.walk(walk, site, tool, inOrder, byName);
            case Type type -> {
                List<Shadow> all = all(null, inOrder, byName);
                boolean made = type.instances() == Kind.INSTANCE || type.instances() == Kind.EXCEPTION;
                if (!made) {
                    all.forEach(walk::draining);
                }
                Prospect prospect = Calls.outline(
                        Outline.of(new Value(type)),
                        outlines(walk, inOrder),
                        outlines(walk, byName),
                        callback(walk, site, all));
                Label label = Label.BOTTOM;
                for (Shadow each : all) {
                    label = label.join(each.label());
                }
                Shadow result = walk.comes(site, prospect, made ? label : deep(walk, all), all);
                for (Shadow each : made ? List.<Shadow>of() : all) {
                    walk.drained(each, deep(walk, all));
                }
                yield result;
            }
            default -> unknown(walk, site, shadow, inOrder, byName);
        };
    }

    /** Nothing is known of what is called: it may do to what it can reach whatever can be done. */
    static Shadow unknown(Walk walk, Object site, Shadow callee, List<Shadow> inOrder, Map<String, Shadow> byName) {
        List<Shadow> all = all(callee, inOrder, byName);
        Label label = deep(walk, all);
        Set<Object> refs = new LinkedHashSet<>();
        for (Shadow each : all) {
            refs.addAll(walk.reachable(each.refs()));
        }
        walk.change(Shadow.of(Outline.ANY, label, refs), label, true, Outline.ANY, null, null);
        walk.mayBeDenied(label);
        PolicyGate.anything(walk, label);
        walk.unbounded(label, LabelRule.PROGRESS_UNBOUNDED_LOOP);
        return walk.comes(site, new Prospect(Outline.ANY, Failures.ANY.builtIn(), null, true), label, all);
    }

    /** Puts the arguments of a call into a function's variables, or throws that they do not fit. */
    interface Placing {
        void place(@Nullable Shadow[] defaults, @Nullable Shadow[] slots);
    }

    static Shadow inline(Walk walk, Closure closure, Placing placing) {
        Code code = closure.code;
        if (walk.isRunning(code)) {
            walk.fails(Failures.of(ErrorKind.RECURSION), Label.BOTTOM);
            return Shadow.of(Outline.NEVER, walk.pc);
        }
        @Nullable Shadow[] slots = new Shadow[code.size];
        @Nullable Shadow[] defaults = closure.shadows;
        if (defaults.length < closure.defaults.length) {
            // It is one of the run, and no walk has made it.
            defaults = new Shadow[closure.defaults.length];
            for (int i = 0; i < defaults.length; i++) {
                Value value = closure.defaults[i];
                defaults[i] = value == null ? null : walk.lift(value);
            }
        }
        try {
            placing.place(defaults, slots);
        } catch (Binding.Misfit _) {
            walk.fails(Failures.of(ErrorKind.TYPE), Label.BOTTOM);
            return Shadow.of(Outline.NEVER, walk.pc);
        }
        Walk.Place place = walk.sites().place(code, closure.up);
        for (int i = 0; i < slots.length; i++) {
            State.Cell cell = new State.Cell(place, i);
            Shadow value = slots[i];
            Shadow before = code.captured.get(i) ? walk.here().read(cell) : null;
            if (before == null) {
                walk.here().write(cell, value == null ? Shadow.UNBOUND : value.raised(walk.pc));
            } else if (value != null) {
                walk.here().write(cell, before.join(value.raised(walk.pc)));
            }
        }
        walk.cost(1, 0);
        Object outer = walk.frame;
        Label before = walk.pc;
        boolean called = walk.sites().callingBuiltIn(false);
        Walk.Exit exit = walk.enter(Scope.Kind.CALL, code);
        walk.mayBeTooDeep();
        walk.running(code);
        walk.frame = place;
        walk.inCall(() -> code.walkBody(walk));
        walk.frame = outer;
        walk.ran();
        walk.leave(exit);
        walk.sites().callingBuiltIn(called);
        walk.state = walk.merge(walk.state, exit.returned);
        Label inside = exit.extra;
        walk.restore(before);
        Shadow result = exit.result;
        return result == null ? Shadow.of(Outline.NEVER, walk.pc) : result.raised(inside);
    }

    /** A new dictionary of what was given by names that no parameter has. */
    static Shadow named(Walk walk, Code code, Map<String, Shadow> named) {
        Map<String, Outline> fields = new LinkedHashMap<>();
        named.forEach((name, shadow) -> fields.put(name, walk.outline(shadow)));
        return made(walk, code, Outline.dict(fields), new ArrayList<>(named.values()), named);
    }

    /** A tuple of these. */
    static Shadow tuple(Walk walk, List<Shadow> parts) {
        walk.cost(1, 32 + 8L * parts.size());
        List<Outline> outlines = outlines(walk, parts);
        Set<Object> refs = new LinkedHashSet<>();
        Label label = Label.BOTTOM;
        for (Shadow each : parts) {
            refs.addAll(each.refs());
            label = label.join(each.label());
        }
        return Shadow.of(telos.plans.values.Displays.outlineOfTuple(outlines).result(), label, refs);
    }

    /** A new object that holds these. */
    static Shadow made(
            Walk walk, Object site, Outline outline, List<Shadow> parts, @Nullable Map<String, Shadow> fields) {
        Set<Object> refs = new LinkedHashSet<>();
        Label content = Label.BOTTOM;
        for (Shadow each : parts) {
            refs.addAll(each.refs());
            content = content.join(each.label());
        }
        walk.cost(2, outline.ownBytes());
        return walk.fresh(site, new Sketch(outline, Label.BOTTOM, content, refs, fields, false), Label.BOTTOM);
    }

    static List<Outline> outlines(Walk walk, List<Shadow> shadows) {
        List<Outline> all = new ArrayList<>();
        for (Shadow each : shadows) {
            all.add(walk.outline(each));
        }
        return all;
    }

    static Map<String, Outline> outlines(Walk walk, Map<String, Shadow> shadows) {
        Map<String, Outline> all = new LinkedHashMap<>();
        shadows.forEach((name, each) -> all.put(name, walk.outline(each)));
        return all;
    }

    private static List<Shadow> all(@Nullable Shadow self, List<Shadow> inOrder, Map<String, Shadow> byName) {
        List<Shadow> all = new ArrayList<>();
        if (self != null) {
            all.add(self);
        }
        all.addAll(inOrder);
        all.addAll(byName.values());
        return all;
    }

    private static Label deep(Walk walk, List<Shadow> all) {
        Label label = Label.BOTTOM;
        for (Shadow each : all) {
            label = label.join(walk.deep(each));
        }
        return label;
    }

    /**
     * Who may know of all these without what containers hold.
     *
     * @param isMethod whether only the first, the receiver, counts by its shape, and the others with everything in them
     */
    private static Label shapes(Walk walk, List<Shadow> all, boolean isMethod) {
        Label label = Label.BOTTOM;
        for (int i = 0; i < all.size(); i++) {
            label = label.join(isMethod && i > 0 ? walk.deep(all.get(i)) : walk.control(all.get(i)));
        }
        return label;
    }

    private static long most(Walk walk, List<Shadow> operands) {
        long most = 1;
        for (Shadow each : operands) {
            most = Math.max(most, walk.most(each));
        }
        return most;
    }

    /** Functions of the plan that a built-in one calls, any number of times, with what comes out of its arguments. */
    private static telos.plans.values.Callback callback(Walk walk, Object site, List<Shadow> operands) {
        return (callee, parameters) -> {
            Set<Object> refs = new LinkedHashSet<>();
            for (Shadow each : operands) {
                refs.addAll(walk.reachable(each.refs()));
            }
            long times = most(walk, operands);
            Label label = deep(walk, operands);
            List<Shadow> arguments = new ArrayList<>();
            for (Outline each : parameters) {
                arguments.add(Shadow.of(each, label, Groups.mayLead(each) ? refs : Set.of()));
            }
            Label before = walk.pc;
            Shadow given = walk.takeTold();
            walk.pc = before.join(label);
            long steps = walk.steps();
            long bytes = walk.bytes();
            int charges = walk.charges();
            @Nullable Shadow[] results = new Shadow[1];
            walk.settle(() -> {
                walk.uncharge(charges);
                results[0] =
                        Walk.both(results[0], call(walk, site, Shadow.of(callee, label, refs), arguments, Map.of()));
            });
            Shadow result = results[0];
            if (most(walk, operands) > times) {
                // It is called as often as it makes itself be called.
                times = Outline.UNBOUNDED;
                walk.unbounded(deep(walk, operands), LabelRule.PROGRESS_UNBOUNDED_LOOP);
            }
            walk.repeated(steps, bytes, times);
            walk.restore(before);
            Outline outline = result == null ? Outline.NEVER : walk.outline(result);
            walk.tells(given);
            walk.tells(result);
            return new Prospect(outline, Errors.NONE, null, false);
        };
    }

    static Shadow builtin(
            Walk walk,
            Object site,
            Builtin builtin,
            @Nullable Shadow self,
            List<Shadow> inOrder,
            Map<String, Shadow> byName) {
        List<Shadow> operands = all(self, inOrder, byName);
        if (builtin.defers() && inOrder.size() > 1) {
            walk.sites()
                    .defer(site, inOrder.getFirst(), List.copyOf(inOrder.subList(1, inOrder.size())), !builtin.drops());
        }
        Prospect prospect = builtin.outline(
                self == null ? null : walk.outline(self),
                outlines(walk, inOrder),
                outlines(walk, byName),
                callback(walk, site, operands));
        return done(walk, site, builtin.name(), builtin.isMethod(), prospect, self, inOrder, byName, operands);
    }

    /** What a method of an object may come to, whichever kinds it can be of. */
    static Shadow method(
            Walk walk, Object site, String name, Shadow self, List<Shadow> inOrder, Map<String, Shadow> byName) {
        List<Shadow> operands = all(self, inOrder, byName);
        Prospect prospect = telos.plans.values.Attributes.outlineOfMethodCall(
                walk.outline(self),
                name,
                outlines(walk, inOrder),
                outlines(walk, byName),
                callback(walk, site, operands));
        return done(walk, site, name, true, prospect, self, inOrder, byName, operands);
    }

    private static Shadow done(
            Walk walk,
            Object site,
            String name,
            boolean isMethod,
            Prospect prospect,
            @Nullable Shadow self,
            List<Shadow> inOrder,
            Map<String, Shadow> byName,
            List<Shadow> operands) {
        operands.forEach(walk::draining);
        Label everything = deep(walk, operands);
        Label fails = Builtin.failsByShape(name) ? shapes(walk, operands, isMethod) : everything;
        Label label = TELLS_SHAPE.contains(name) ? fails : everything;
        Shadow found = name.equals("get") && self != null ? found(walk, self, inOrder) : null;
        if (found != null) {
            label = fails.join(walk.deep(found));
        }
        Failures failures = Failures.of(prospect.errors());
        if (name.equals("pop") && operands.size() == 1 && self != null && walk.exact(self, LAST) != null) {
            failures = failures.without(Failures.of(ErrorKind.INDEX));
        }
        Shadow given = walk.told();
        if (given != null && everything.isBottom() && !sortsAll(walk, name, operands)) {
            // In the run, how long what it called may take elsewhere is not told.
            walk.reserves(Outline.UNBOUNDED, Outline.UNBOUNDED, walk.deep(given));
        }
        walk.fails(failures, given == null ? fails : fails.join(walk.deep(given)));
        Shadow result = walk.comes(site, prospect.unfailing(), label, operands);
        if (prospect.receiver() != null && self != null) {
            Shadow put = null;
            boolean itself = PUTS.contains(name);
            for (Shadow each : all(null, inOrder, byName)) {
                Set<Object> refs = itself ? each.refs() : walk.reachable(each.refs());
                Shadow inside = Shadow.of(each.outline(), walk.deep(each), refs);
                put = put == null ? inside : put.join(inside);
            }
            // Which elements a set has depends on what they are; where a list has one more does not.
            Label arguments = deep(walk, operands.subList(1, operands.size()));
            Label by = name.equals("append") ? self.label() : self.label().join(arguments);
            if (name.equals("sort")) {
                // It runs as what is compared decides.
                by = by.join(walk.deep(self));
                by = given == null ? by : by.join(walk.deep(given));
            }
            walk.change(self, by, true, prospect.receiver(), put, null);
        }
        for (Shadow each : operands) {
            walk.drained(each, each.label().join(label));
        }
        return result;
    }

    /** Whether it sorts what has a size: the keys are computed one by one, and nothing else is called. */
    private static boolean sortsAll(Walk walk, String name, List<Shadow> operands) {
        return SORTS.contains(name)
                && !operands.isEmpty()
                && !walk.outline(operands.getFirst()).may(Kind.ITERATOR);
    }

    /** What stands under a key that is known, in each of what may be meant; null where that is not told from the rest. */
    private static @Nullable Shadow found(Walk walk, Shadow self, List<Shadow> inOrder) {
        String key = inOrder.isEmpty() ? null : Accesses.key(inOrder.getFirst());
        return key == null ? null : walk.field(self, key);
    }
}
