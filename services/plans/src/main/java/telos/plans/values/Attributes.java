package telos.plans.values;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;

/** {@code x.name}: fields of instances, members of types and modules, parts of dates, and methods. */
@SuppressWarnings("ReferenceEquality") // the same object is meant
public final class Attributes {
    private Attributes() {}

    /** What is there, or the AttributeError that nothing is. */
    public static Value read(Context context, Value of, String name) {
        try {
            Value found = find(context, of, name);
            if (found == null) {
                throw Fault.attribute(of.payload(), name).by(Label.BOTTOM);
            }
            return found;
        } catch (Fault fault) {
            throw fault.raised(of.label(), Label.BOTTOM);
        }
    }

    static @Nullable Value find(Context context, Value of, String name) {
        Payload payload = of.payload();
        switch (payload) {
            case InstanceBox instance -> {
                Value field = instance.raw().get(name);
                if (field != null) {
                    return instance.read(field, of.label());
                }
            }
            case Member member -> {
                switch (name) {
                    case "name" -> {
                        return new Value(Text.of(member.name()), of.label());
                    }
                    case "value" -> {
                        return member.value().raised(of.label());
                    }
                    default -> {}
                }
            }
            case ExceptionBox exception -> {
                if (name.equals("args")) {
                    return new Value(new Tuple(exception.arguments()), of.label());
                }
            }
            case Module module -> {
                Value member = module.members().get(name);
                return member == null ? null : member.raised(of.label());
            }
            case Type type -> {
                Value member = TypeMembers.find(type, name);
                return member == null ? null : member.raised(of.label());
            }
            case UserFunction function
            when name.equals("__name__") -> {
                return new Value(Text.of(function.name()), of.label());
            }
            default -> {
                Payload part = Parts.find(payload, name);
                if (part != null) {
                    return new Value(part, of.label());
                }
            }
        }
        Builtin method = method(payload, name);
        return method == null ? null : new Value(new BoundMethod(of, method), of.label());
    }

    /** The built-in method of that name, or null. */
    public static @Nullable Builtin method(Payload of, String name) {
        return Methods.of(of.kind()).get(name);
    }

    /** Sets a field of an instance, or throws the {@link PlanFailure} that it has none of that name. */
    public static void assign(Context context, Value target, String name, Value value) {
        Label by = target.label().join(context.pc());
        if (!(target.payload() instanceof InstanceBox instance)) {
            throw Fault.attribute(target.payload(), name).raised(target.label(), Label.BOTTOM);
        }
        if (!instance.raw().containsKey(name)) {
            throw Fault.value("\"" + instance.type().name() + "\" object has no field \"" + name + "\"")
                    .raised(target.label(), Label.BOTTOM);
        }
        Value element = value.raised(by);
        instance.raw().put(name, element);
        instance.changed(element);
    }

    /** The attributes that everything of this kind has beside its methods. */
    private static boolean isPart(Kind kind, String name) {
        return Parts.outline(kind, name) != null;
    }

    public static Prospect outlineOfRead(Outline of, String name) {
        Prospect all = Prospect.NEVER;
        if (of == Outline.ANY) {
            return Prospect.of(Outline.ANY, Errors.ATTRIBUTE);
        }
        for (Kind each : of.kinds()) {
            all = all.or(outlineOfRead(each, of.only(each), name));
        }
        return all;
    }

    private static Prospect outlineOfRead(Kind kind, Outline of, String name) {
        Builtin method = Methods.of(kind).get(name);
        if (isPart(kind, name)) {
            Outline part = Parts.outline(kind, name);
            return Prospect.sure(part == null ? Outline.ANY : part);
        }
        if (method != null) {
            return Prospect.sure(Outline.of(Kind.FUNCTION, 8));
        }
        return switch (kind) {
            case INSTANCE -> {
                Map<String, Outline> fields = of.fields();
                Outline field = fields == null ? null : fields.get(name);
                yield field != null ? Prospect.sure(field) : Prospect.of(of.elementOrNone(), Errors.ATTRIBUTE);
            }
            case MEMBER ->
                switch (name) {
                    case "name" -> Prospect.sure(Outline.text(1 << 16));
                    case "value" -> Prospect.sure(of.elementOrNone());
                    default -> Prospect.of(Outline.NEVER, Errors.ATTRIBUTE);
                };
            case EXCEPTION ->
                name.equals("args")
                        ? Prospect.sure(Outline.holding(Kind.TUPLE, of.extent(), of.elementOrNone(), null))
                        : Prospect.of(Outline.NEVER, Errors.ATTRIBUTE);
            case TYPE -> types(of, name);
            case MODULE -> Prospect.of(Outline.ANY, Errors.ATTRIBUTE);
            default -> Prospect.of(Outline.NEVER, Errors.ATTRIBUTE);
        };
    }

    private static Prospect types(Outline of, String name) {
        if (of.known() == null) {
            return Prospect.of(Outline.ANY, Errors.ATTRIBUTE);
        }
        Prospect all = Prospect.NEVER;
        for (Payload each : of.known()) {
            Value member = each instanceof Type type ? TypeMembers.find(type, name) : null;
            all = all.or(
                    member == null ? Prospect.of(Outline.NEVER, Errors.ATTRIBUTE) : Prospect.sure(Outline.of(member)));
        }
        return all;
    }

    public static Prospect outlineOfAssign(Outline target, String name, Outline value) {
        Map<String, Outline> fields = target.only(Kind.INSTANCE).fields();
        boolean known = fields != null && fields.containsKey(name);
        Errors errors = Errors.NONE
                .andIf(!target.isOnly(Kind.INSTANCE), Errors.ATTRIBUTE)
                .andIf(!known, Errors.VALUE);
        return Prospect.of(Outline.NONE, errors).changing(target.withField(name, value));
    }

    /** The built-in methods of that name that it may have. */
    public static List<Builtin> methods(Outline self, String name) {
        List<Builtin> all = new ArrayList<>();
        for (Kind each : self.kinds()) {
            Builtin method = Methods.of(each).get(name);
            if (method != null) {
                all.add(method);
            }
        }
        return all;
    }

    /** What {@code self.name(...)} may come to, where the name is a built-in method's; else of what the attribute holds. */
    public static Prospect outlineOfMethodCall(
            Outline self, String name, List<Outline> inOrder, Map<String, Outline> byName, Callback callback) {
        Prospect all = Prospect.NEVER;
        if (self == Outline.ANY) {
            return new Prospect(Outline.ANY, Errors.ANY, Outline.ANY, true);
        }
        for (Kind each : self.kinds()) {
            Outline of = self.only(each);
            Builtin method = Methods.of(each).get(name);
            if (method != null) {
                all = all.or(method.outline(of, inOrder, byName, callback));
            } else {
                Prospect read = outlineOfRead(each, of, name);
                if (read.result().isNever()) {
                    all = all.or(read);
                } else {
                    Prospect called = Calls.outline(read.result(), inOrder, byName, callback);
                    all = all.or(called.and(read.errors()));
                }
            }
        }
        return all;
    }
}
