package telos.plans.values;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A built-in function or method: what it does, and what it may do. The label of its result is the join of the labels of its
 * arguments with what the function itself read; a function that raises tells by that what everything in its arguments
 * demands, unless it says more exactly what decided.
 */
public final class Builtin implements Payload {
    /** Built-in methods and functions that fail, if so, for what a container has, and not for what stands in it. */
    private static final Set<String> BY_SHAPE = Set.of(
            "pop",
            "popitem",
            "get",
            "setdefault",
            "append",
            "insert",
            "keys",
            "values",
            "items",
            "clear",
            "copy",
            "update",
            "next",
            "len",
            "enumerate",
            "zip",
            "reversed",
            "iter",
            "range");

    /** Those that give back something that was in a container. */
    private static final Set<String> SELECTING =
            Set.of("pop", "popitem", "get", "setdefault", "next", "min", "max", "choice");

    /** Those that put what lies in their arguments into what they are methods of. */
    private static final Set<String> FILLING = Set.of("extend", "update");

    /** Those that take nothing, for now, of an iterator that they are given: they give another over it, put it somewhere, or look at it. */
    private static final Set<String> LEAVING = Set.of(
            "iter",
            "enumerate",
            "zip",
            "map",
            "filter",
            "reversed",
            "append",
            "add",
            "insert",
            "get",
            "setdefault",
            "pop",
            "isinstance",
            "bool",
            "type",
            "repr",
            "print",
            "hash",
            "id");

    /** Those that only give an iterator over what they are given. */
    private static final Set<String> ADAPTING = Set.of("iter", "enumerate", "zip", "map", "filter", "reversed");

    /**
     * Those for which the elements decide how many of them they take, where they take them of an iterator: they may stop, or
     * fail, before they have all.
     */
    private static final Set<String> TAKING =
            Set.of("any", "all", "update", "intersection_update", "difference_update", "symmetric_difference_update");

    /** Those that go through what is given first, in the order of what they find there. */
    private static final Set<String> ORDERING = Set.of("sorted", "max", "min");

    /** Does it. */
    interface Act {
        Value act(Slots slots);
    }

    /** Tells what it may do. */
    interface Tell {
        Prospect tell(Outlines outlines);
    }

    private final String name;
    private final Signature signature;
    private final boolean method;
    private final boolean callsBack;
    private final boolean defers;
    private final Act act;
    private final Tell tell;
    private final boolean byShape;
    private final boolean selects;
    private final boolean orders;
    private final boolean fills;
    private final boolean leaves;
    private final boolean adapts;
    private final boolean takesSome;
    private final boolean looksUp;

    private Builtin(
            String name, String signature, boolean method, boolean callsBack, boolean defers, Act act, Tell tell) {
        this.name = name;
        this.signature = Signature.of(signature);
        this.method = method;
        this.callsBack = callsBack;
        this.defers = defers;
        this.act = act;
        this.tell = tell;
        this.byShape = BY_SHAPE.contains(name);
        this.selects = SELECTING.contains(name);
        this.orders = ORDERING.contains(name);
        this.fills = method && FILLING.contains(name);
        this.leaves = LEAVING.contains(name);
        this.adapts = ADAPTING.contains(name);
        this.takesSome = TAKING.contains(name);
        this.looksUp = method && name.equals("get");
    }

    /** Whether one of that name fails, if so, for what a container has, and not for what stands in it. */
    public static boolean failsByShape(String name) {
        return BY_SHAPE.contains(name);
    }

    /** Whether it fails, if so, for what a container has, and not for what stands in it. */
    public boolean failsByShape() {
        return byShape;
    }

    /** Whether it is a method, also where it is called as a function of what it is a method of. */
    public boolean isMethod() {
        return method;
    }

    /** Whether it is a method of what is of that kind. */
    public boolean isOf(Kind kind) {
        return Methods.of(kind).get(name) == this;
    }

    /** Whether it is a method of whatever that may be. */
    public boolean isOf(Outline of) {
        return of.kinds().stream().allMatch(this::isOf);
    }

    /** Whether it gives back something that was in a container. */
    public boolean selects() {
        return selects;
    }

    /** Whether it puts what lies in its arguments into what it is a method of. */
    public boolean fills() {
        return fills;
    }

    /** Whether it takes nothing, for now, of an iterator that it is given. */
    public boolean leaves() {
        return leaves;
    }

    /** Whether what it gives leaves out what the function does not hold of, where it gives an iterator that calls one. */
    public boolean drops() {
        return defers && name.equals("filter");
    }

    /** Whether it only gives an iterator over what it is given, so that nothing is taken of that yet. */
    public boolean adapts() {
        return adapts;
    }

    /** Whether the elements of an iterator decide how many of them it takes. */
    public boolean takesSome() {
        return takesSome;
    }

    /** Whether it gives what is under a key in a dictionary, or else what it is given for that. */
    public boolean looksUp() {
        return looksUp;
    }

    /** Whether it goes through what is given first, in the order of what it finds there. */
    public boolean orders() {
        return orders;
    }

    static Builtin function(String name, String signature, Act act, Tell tell) {
        return new Builtin(name, signature, false, false, false, act, tell);
    }

    /** One that calls functions which it is given. */
    static Builtin caller(String name, String signature, boolean method, Act act, Tell tell) {
        return new Builtin(name, signature, method, true, false, act, tell);
    }

    /** One that gives an iterator which calls the function that is its first argument. */
    static Builtin deferring(String name, String signature, Act act, Tell tell) {
        return new Builtin(name, signature, false, true, true, act, tell);
    }

    /** The first parameter is whom the method is of. */
    static Builtin method(String name, String signature, Act act, Tell tell) {
        return new Builtin(name, signature.isEmpty() ? "self" : "self " + signature, true, false, false, act, tell);
    }

    public String name() {
        return name;
    }

    /** How many arguments in order have a parameter, whom it is a method of among them. */
    public int mostInOrder() {
        return signature.most();
    }

    /** Whether it takes any number of arguments in order. */
    public boolean takesAnyInOrder() {
        return signature.anyInOrder();
    }

    /** Whether it takes arguments by any name. */
    public boolean takesAnyByName() {
        return signature.anyByName();
    }

    /** The names by which arguments can be given. */
    public List<String> names() {
        return signature.parameters().stream()
                .filter(Signature.Parameter::byName)
                .map(Signature.Parameter::name)
                .toList();
    }

    /** Whether it may call functions of the plan that it is given. */
    public boolean callsBack() {
        return callsBack;
    }

    /** Whether it gives an iterator that calls, later, the first of its arguments with elements of the others. */
    public boolean defers() {
        return defers;
    }

    /** Calls it as a function, or throws the {@link PlanFailure} that Python raises. */
    public Value call(Context context, Arguments arguments) {
        return call(context, null, arguments);
    }

    /** Calls it as a method of a value, or throws the {@link PlanFailure} that Python raises. */
    public Value call(Context context, @Nullable Value self, Arguments arguments) {
        Slots slots = slots(context, self, arguments);
        if (method && self == null && Methods.of(slots.payload(0).kind()).get(name) != this) {
            throw Fault.type("descriptor '" + name + "' doesn't apply to a '" + slots.typeName(0) + "' object")
                    .raised(slots.label(), telos.kernel.security.Label.BOTTOM);
        }
        try {
            return act.act(slots).raised(slots.label());
        } catch (Fault fault) {
            throw fault.raised(slots.label(), byShape ? slots.shapes(method) : slots.everything());
        }
    }

    private Slots slots(Context context, @Nullable Value self, Arguments arguments) {
        List<Value> inOrder = arguments.inOrder();
        int shift = self == null ? 0 : 1;
        int given = inOrder.size() + shift;
        if (given < signature.needed() || given > signature.most() || arguments.named()) {
            return bound(context, self, arguments);
        }
        @Nullable Value[] places = new Value[signature.parameters().size()];
        if (self != null) {
            places[0] = self;
        }
        for (int i = shift; i < given; i++) {
            places[i] = inOrder.get(i - shift);
        }
        return new Slots(context, name, places, List.of(), Map.of());
    }

    private Slots bound(Context context, @Nullable Value self, Arguments arguments) {
        try {
            Signature.Bound<Value> bound = signature.bind(
                    name,
                    method,
                    self,
                    arguments.inOrder(),
                    arguments.byName(),
                    new Value[signature.parameters().size()]);
            return new Slots(context, name, bound.places(), bound.rest(), bound.named());
        } catch (Fault fault) {
            throw fault.raised(
                    Labels.shallow(arguments.inOrder())
                            .join(Labels.shallow(arguments.byName().values())),
                    telos.kernel.security.Label.BOTTOM);
        }
    }

    /** What calling it may come to. */
    public Prospect outline(
            @Nullable Outline self, List<Outline> inOrder, Map<String, Outline> byName, Callback callback) {
        Signature.Bound<Outline> bound;
        try {
            bound = signature.bind(
                    name,
                    method,
                    self,
                    inOrder,
                    byName,
                    new Outline[signature.parameters().size()]);
        } catch (Fault _) {
            return Prospect.of(Outline.NEVER, Errors.TYPE);
        }
        Prospect told = tell.tell(new Outlines(bound, callback));
        return method && self == null ? told.and(Errors.TYPE) : told;
    }

    @Override
    public Kind kind() {
        return Kind.FUNCTION;
    }

    @Override
    public String toString() {
        return name;
    }
}
