package telos.plans.values;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import telos.kernel.security.Label;

/** Payloads written as Python's {@code str()} and {@code repr()} write them. */
@SuppressWarnings("ReferenceEquality") // the same object is meant
public final class Texts {
    static final int MOST_DIGITS = 4300;
    private static final int DEEPEST = 300;
    private static final int LONGEST_MESSAGE = 1 << 20;

    private Texts() {}

    private static final String TOO_LONG = "(too long to be written)";

    /** For messages, and for what is shown to the plan's owner: what would come out too long is not written. */
    public static String brief(Payload payload) {
        try {
            return str(new Capped(), payload);
        } catch (BudgetSpent | Fault _) {
            return TOO_LONG;
        }
    }

    /** The same as {@code repr()} writes it. */
    static String quoted(Payload payload) {
        try {
            return repr(new Capped(), payload);
        } catch (BudgetSpent | Fault _) {
            return TOO_LONG;
        }
    }

    /** What {@code str()} gives, or the {@link PlanFailure} that it raises. */
    public static String str(Context context, Value value) {
        try {
            return str(context, value.payload());
        } catch (Fault fault) {
            throw fault.raised(value.label(), Labels.deep(value));
        }
    }

    static String str(Context context, Payload payload) {
        return switch (payload) {
            case Text text -> text.string();
            case Whole whole when whole.isSmall() -> Long.toString(whole.small());
            case ExceptionBox exception -> message(context, exception);
            case Member member -> member.type().name() + "." + member.name();
            case InstanceBox instance ->
                new Writer(context).fields(instance, " ").toString();
            case Moment moment -> Dates.iso(moment, ' ', 0);
            case Day day -> Dates.iso(day.date());
            case ClockTime time -> Dates.iso(time, 0);
            case Delta delta -> delta.text();
            case Zone zone -> zone.label();
            default -> repr(context, payload);
        };
    }

    static String repr(Context context, Payload payload) {
        if (payload instanceof Text text) {
            context.bytes(text.string().length());
            return quoted(text.string());
        }
        return new Writer(context).write(payload).toString();
    }

    private static String message(Context context, ExceptionBox exception) {
        List<Value> arguments = exception.arguments();
        return switch (arguments.size()) {
            case 0 -> "";
            case 1 -> {
                Payload only = arguments.getFirst().payload();
                yield exception.type().isWithin(ErrorKind.KEY.type()) ? repr(context, only) : str(context, only);
            }
            default -> repr(context, new Tuple(arguments));
        };
    }

    /** The digits of an int, or the ValueError that there are too many. */
    static String digits(Context context, Whole whole) {
        if (whole.isSmall()) {
            return Long.toString(whole.small());
        }
        if (whole.bits() > 14_283 && whole.big().abs().compareTo(FIRST_TOO_LONG) >= 0) {
            throw Fault.value("Exceeds the limit (4300 digits) for integer string conversion;"
                    + " use sys.set_int_max_str_digits() to increase the limit");
        }
        context.bytes(whole.bits() / 3);
        return whole.big().toString();
    }

    private static final java.math.BigInteger FIRST_TOO_LONG = java.math.BigInteger.TEN.pow(MOST_DIGITS);

    /** A string as source code would write it. */
    static String quoted(String string) {
        char quote = string.indexOf('\'') >= 0 && string.indexOf('"') < 0 ? '"' : '\'';
        StringBuilder out = new StringBuilder(string.length() + 2).append(quote);
        for (int at = 0; at < string.length(); ) {
            int point = string.codePointAt(at);
            at += Character.charCount(point);
            if (point == quote || point == '\\') {
                out.append('\\').append((char) point);
            } else if (point >= ' ' && point < 0x7f) {
                out.append((char) point);
            } else {
                escape(out, point, isPrintable(point));
            }
        }
        return out.append(quote).toString();
    }

    /** As {@code ascii()} writes it: what is not ASCII is escaped too. */
    static String ascii(String repr) {
        StringBuilder out = new StringBuilder(repr.length());
        repr.codePoints().forEach(point -> {
            if (point < 0x7f) {
                out.append((char) point);
            } else {
                escape(out, point, false);
            }
        });
        return out.toString();
    }

    private static void escape(StringBuilder out, int point, boolean printable) {
        switch (point) {
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (printable) {
                    out.appendCodePoint(point);
                } else if (point < 0x100) {
                    out.append(String.format("\\x%02x", point));
                } else if (point < 0x10000) {
                    out.append(String.format("\\u%04x", point));
                } else {
                    out.append(String.format("\\U%08x", point));
                }
            }
        }
    }

    static boolean isPrintable(int point) {
        return point == ' '
                || switch (Character.getType(point)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.PRIVATE_USE,
                            Character.UNASSIGNED,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.SPACE_SEPARATOR -> false;
                    default -> true;
                };
    }

    /** Writes what may hold itself. */
    private static final class Writer {
        private final Context context;
        private final StringBuilder out = new StringBuilder();
        private final Deque<Payload> open = new ArrayDeque<>();
        private long charged;

        Writer(Context context) {
            this.context = context;
        }

        Writer write(Payload payload) {
            context.steps(1);
            switch (payload) {
                case Text text -> {
                    context.bytes(text.string().length());
                    out.append(quoted(text.string()));
                }
                case Whole whole -> out.append(digits(context, whole));
                case Truth truth -> out.append(truth.holds() ? "True" : "False");
                case Nothing _ -> out.append("None");
                case Real real -> out.append(Reals.repr(real.value()));
                case ListBox list -> held(payload, "[", list.raw(), "]", "[...]");
                case Tuple tuple -> held(payload, "(", tuple.elements(), tuple.size() == 1 ? ",)" : ")", "(...)");
                case DictBox dict -> dict(dict);
                case SetBox set -> set(set);
                case DictView view -> view(view);
                case Span span -> {
                    out.append("range(").append(span.start()).append(", ").append(span.stop());
                    out.append(span.step().isSmall() && span.step().small() == 1 ? ")" : ", " + span.step() + ")");
                }
                case InstanceBox instance -> {
                    out.append(instance.type().name()).append('(');
                    fields(instance, ", ");
                    out.append(')');
                }
                case ExceptionBox exception -> {
                    out.append(exception.type().simpleName());
                    held(payload, "(", exception.arguments(), ")", "(...)");
                }
                case Member member -> {
                    out.append('<')
                            .append(member.type().name())
                            .append('.')
                            .append(member.name())
                            .append(": ");
                    write(member.value().payload());
                    out.append('>');
                }
                case Type type ->
                    out.append("<class '")
                            .append(type.isMadeByPlan() ? "__main__." : "")
                            .append(type.name())
                            .append("'>");
                case Moment moment -> out.append(Dates.repr(moment));
                case Day day -> out.append(Dates.repr(day));
                case ClockTime time -> out.append(Dates.repr(time));
                case Delta delta -> out.append(delta.repr());
                case Zone zone -> out.append(zone.repr());
                case Module module ->
                    out.append("<module '").append(module.name()).append("'>");
                case Builtin builtin ->
                    out.append("<built-in function ").append(builtin.name()).append('>');
                case BoundMethod method ->
                    out.append("<built-in method ")
                            .append(method.method().name())
                            .append(" of ")
                            .append(method.self().payload().type().name())
                            .append(" object>");
                case UserFunction function ->
                    out.append("<function ").append(function.name()).append('>');
                case IteratorBox iterator ->
                    out.append('<').append(iterator.name()).append(" object>");
                case Pattern pattern -> {
                    out.append("re.compile(");
                    write(Text.of(pattern.source()));
                    out.append(')');
                }
                case Match match -> {
                    out.append("<re.Match object; span=(")
                            .append(match.start(0))
                            .append(", ")
                            .append(match.end(0))
                            .append("), match=");
                    write(Text.of(match.whole()));
                    out.append('>');
                }
            }
            charge();
            return this;
        }

        private void charge() {
            if (out.length() > charged) {
                context.bytes(out.length() - charged);
                charged = out.length();
            }
        }

        private boolean enter(Payload payload, String again) {
            for (Payload each : open) {
                if (each == payload) {
                    out.append(again);
                    return false;
                }
            }
            if (open.size() > DEEPEST) {
                throw Fault.recursion(" while getting the repr of an object");
            }
            open.push(payload);
            return true;
        }

        private void held(Payload payload, String begin, Iterable<Value> elements, String end, String again) {
            if (enter(payload, again)) {
                out.append(begin);
                boolean first = true;
                for (Value each : elements) {
                    out.append(first ? "" : ", ");
                    first = false;
                    write(each.payload());
                }
                out.append(end);
                open.pop();
            }
        }

        private void dict(DictBox dict) {
            if (enter(dict, "{...}")) {
                out.append('{');
                boolean first = true;
                for (Table.Entry each : dict.table().entries()) {
                    out.append(first ? "" : ", ");
                    first = false;
                    write(each.name.payload());
                    out.append(": ");
                    write(each.value.payload());
                }
                out.append('}');
                open.pop();
            }
        }

        private void set(SetBox set) {
            String name = set.isFrozen() ? "frozenset" : "set";
            if (set.size() == 0) {
                out.append(name).append("()");
            } else if (set.isFrozen()) {
                held(set, "frozenset({", set.table().names(), "})", "frozenset(...)");
            } else {
                held(set, "{", set.table().names(), "}", "set(...)");
            }
        }

        private void view(DictView view) {
            if (!enter(view, "...")) {
                return;
            }
            out.append(view.of().label()).append("([");
            boolean first = true;
            for (Table.Entry each : view.dict().table().entries()) {
                out.append(first ? "" : ", ");
                first = false;
                switch (view.of()) {
                    case KEYS -> write(each.name.payload());
                    case VALUES -> write(each.value.payload());
                    case ITEMS -> write(Tuple.of(each.name, each.value));
                }
            }
            out.append("])");
            open.pop();
        }

        Writer fields(InstanceBox instance, String between) {
            if (enter(instance, "...")) {
                boolean first = true;
                for (var each : instance.raw().entrySet()) {
                    out.append(first ? "" : between).append(each.getKey()).append('=');
                    first = false;
                    write(each.getValue().payload());
                }
                open.pop();
            }
            return this;
        }

        @Override
        public String toString() {
            return out.toString();
        }
    }

    /** For messages: stops what would come out too long. */
    private static final class Capped implements Context {
        private long left = LONGEST_MESSAGE;

        @Override
        public Label pc() {
            return Label.BOTTOM;
        }

        @Override
        public void steps(long count) {
            bytes(count);
        }

        @Override
        public void bytes(long count) {
            left -= count;
            if (left < 0) {
                throw new BudgetSpent("a message is at most " + LONGEST_MESSAGE + " characters");
            }
        }

        @Override
        public Value call(Value callee, Arguments arguments) {
            throw new IllegalStateException("a message calls nothing");
        }
    }
}
