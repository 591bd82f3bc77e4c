package telos.plans.values;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;

/** Calling whatever can be called. */
@SuppressWarnings("ReferenceEquality") // the same object is meant
public final class Calls {
    private Calls() {}

    /** What the call gives, or the {@link PlanFailure} that it raises. */
    public static Value call(Context context, Value callee, Arguments arguments) {
        return switch (callee.payload()) {
            case Builtin builtin -> builtin.call(context, arguments).raised(callee.label());
            case BoundMethod method ->
                method.method().call(context, method.self(), arguments).raised(callee.label());
            case Type type -> make(context, type, arguments).raised(callee.label());
            case UserFunction _ -> context.call(callee, arguments);
            default ->
                throw Fault.type("'" + callee.payload().type().name() + "' object is not callable")
                        .raised(callee.label(), Label.BOTTOM);
        };
    }

    /** What makes instances of a type that no plan has made; null where there is none. */
    public static @Nullable Builtin constructor(Type type) {
        return Constructors.of(type.instances());
    }

    private static Value make(Context context, Type type, Arguments arguments) {
        if (type.instances() == Kind.EXCEPTION) {
            return new Value(new ExceptionBox(type, arguments.inOrder()));
        }
        if (type.isMadeByPlan()) {
            return type.instances() == Kind.MEMBER ? member(context, type, arguments) : instance(type, arguments);
        }
        Builtin constructor = Constructors.of(type.instances());
        if (constructor == null) {
            throw Fault.type("cannot create '" + type.name() + "' instances").raised(Label.BOTTOM, Label.BOTTOM);
        }
        return constructor.call(context, arguments);
    }

    private static Value member(Context context, Type type, Arguments arguments) {
        Value wanted = arguments.inOrder().isEmpty()
                ? Value.NOTHING
                : arguments.inOrder().getFirst();
        Label label = Labels.deep(wanted);
        for (Value each : type.members().values()) {
            if (each.payload() instanceof Member member
                    && (wanted.payload() == member || isValue(context, member, wanted, label))) {
                return each.raised(label);
            }
        }
        throw Fault.value(Texts.quoted(wanted.payload()) + " is not a valid " + type.name())
                .raised(label, Label.BOTTOM);
    }

    private static boolean isValue(Context context, Member member, Value wanted, Label label) {
        try {
            return Equality.equal(context, member.value().payload(), wanted.payload());
        } catch (Fault fault) {
            throw fault.raised(label, Label.BOTTOM);
        }
    }

    private static Value instance(Type type, Arguments arguments) {
        Map<String, Value> given = arguments.byName();
        if (!arguments.inOrder().isEmpty()) {
            throw Fault.type(type.name() + " takes its fields by name")
                    .raised(Labels.shallow(arguments.inOrder()), Label.BOTTOM);
        }
        LinkedHashMap<String, Value> fields = new LinkedHashMap<>();
        for (Type.Field each : type.fields()) {
            Value value = given.get(each.name());
            Value fallback = each.fallback();
            if (value == null && fallback == null) {
                throw Fault.value("1 validation error for " + type.name() + "\n" + each.name() + "\n  Field required")
                        .raised(Label.BOTTOM, Label.BOTTOM);
            }
            if (value != null || fallback != null) {
                fields.put(each.name(), value != null ? value : java.util.Objects.requireNonNull(fallback));
            }
        }
        return new Value(new InstanceBox(type, fields));
    }

    /** What calling it may come to. */
    public static Prospect outline(
            Outline callee, List<Outline> inOrder, Map<String, Outline> byName, Callback callback) {
        return outline(Outline::of, callee, inOrder, byName, callback);
    }

    /** @param known what is known of what a method is of; of an object that may lie in itself, from where it is looked at */
    static Prospect outline(
            Function<Value, Outline> known,
            Outline callee,
            List<Outline> inOrder,
            Map<String, Outline> byName,
            Callback callback) {
        Errors errors = Errors.NONE.andIf(!callee.isOnly(Kind.FUNCTION.bit() | Kind.TYPE.bit()), Errors.TYPE);
        if (!callee.mayAny(Kind.FUNCTION.bit() | Kind.TYPE.bit())) {
            return Prospect.of(Outline.NEVER, errors);
        }
        if (callee.known() == null) {
            return callback.call(callee, inOrder).and(errors);
        }
        Prospect all = Prospect.of(Outline.NEVER, errors);
        for (Payload each : callee.known()) {
            all = all.or(
                    switch (each) {
                        case Builtin builtin -> builtin.outline(null, inOrder, byName, callback);
                        case BoundMethod method ->
                            method.method().outline(known.apply(method.self()), inOrder, byName, callback);
                        case Type type -> make(type, inOrder, byName, callback);
                        default -> callback.call(Outline.known(Kind.FUNCTION, each), inOrder);
                    });
        }
        return all;
    }

    private static Prospect make(Type type, List<Outline> inOrder, Map<String, Outline> byName, Callback callback) {
        if (type.instances() == Kind.EXCEPTION) {
            return Prospect.sure(Outline.holding(Kind.EXCEPTION, inOrder.size(), Displays.union(inOrder), null));
        }
        if (!type.isMadeByPlan()) {
            Builtin constructor = Constructors.of(type.instances());
            return constructor == null
                    ? Prospect.of(Outline.NEVER, Errors.TYPE)
                    : constructor.outline(null, inOrder, byName, callback);
        }
        if (type.instances() == Kind.MEMBER) {
            List<Value> members = new ArrayList<>(type.members().values());
            Outline wanted = inOrder.isEmpty() ? Outline.NONE : inOrder.getFirst();
            Errors errors = Errors.VALUE;
            for (Value each : members) {
                errors = each.payload() instanceof Member member
                        ? errors.and(Equality.errors(Outline.of(member.value()), wanted))
                        : errors;
            }
            return Prospect.of(Outline.ofAll(members), errors);
        }
        Map<String, Outline> fields = new LinkedHashMap<>();
        Errors errors = Errors.NONE.andIf(!inOrder.isEmpty(), Errors.TYPE);
        for (Type.Field each : type.fields()) {
            Outline given = byName.get(each.name());
            Value fallback = each.fallback();
            if (given == null && fallback == null) {
                errors = errors.and(Errors.VALUE);
            }
            fields.put(each.name(), given != null ? given : fallback == null ? Outline.NEVER : Outline.of(fallback));
        }
        return Prospect.of(Outline.instance(type, fields), errors);
    }
}
