package telos.plans.values;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import telos.kernel.security.Label;

/** {@code template.format(...)}: fields by number or name, with indices and attributes of instances. */
@SuppressWarnings("ReferenceEquality") // the same object is meant
final class StrFormat {
    private static final int DEEPEST = 2;

    private final Slots slots;
    private final List<Value> values;
    private final Map<String, Value> named;
    private int automatic;

    private StrFormat(Slots slots, List<Value> values, Map<String, Value> named) {
        this.slots = slots;
        this.values = values;
        this.named = named;
    }

    static Value format(Slots s) {
        return Value.of(new StrFormat(s, s.rest(), s.named()).run(s.string(0), DEEPEST));
    }

    static Value formatMap(Slots s) {
        if (!(s.payload(1) instanceof DictBox dict)) {
            throw Fault.type("format_map() wants a dictionary, not " + s.typeName(1));
        }
        Map<String, Value> named = new LinkedHashMap<>();
        for (Table.Entry each : dict.table().entries()) {
            if (each.name.payload() instanceof Text name) {
                named.put(name.string(), each.value.raised(dict.shape().join(dict.floor())));
            }
        }
        s.deep(1);
        return Value.of(new StrFormat(s, List.of(), named).run(s.string(0), DEEPEST));
    }

    static Prospect outline(Outlines o) {
        Errors all = Errors.ANY;
        Text template = o.at(0).constantText();
        if (template == null) {
            return new Prospect(Outline.text(Outline.UNBOUNDED), all, null, true);
        }
        long length = template.length();
        Errors errors = Errors.NONE;
        int automatic = 0;
        boolean numbered = false;
        String text = template.string().replace("{{", "").replace("}}", "");
        for (int at = text.indexOf('{'); at >= 0; at = text.indexOf('{', at)) {
            int end = text.indexOf('}', at);
            int inner = text.indexOf('{', at + 1);
            if (end < 0 || (inner >= 0 && inner < end)) {
                return Prospect.of(Outline.text(Outline.UNBOUNDED), all).unboundedIf(true);
            }
            String inside = text.substring(at + 1, end);
            int colon = inside.indexOf(':');
            String name = colon < 0 ? inside : inside.substring(0, colon);
            String spec = colon < 0 ? "" : inside.substring(colon + 1);
            numbered |= !name.isEmpty() && name.charAt(0) >= '0' && name.charAt(0) <= '9';
            Outline value = name.isEmpty()
                    ? inOrder(o, automatic++)
                    : name.chars().allMatch(c -> c >= '0' && c <= '9') && name.length() < 4
                            ? inOrder(o, Integer.parseInt(name))
                            : o.named().getOrDefault(name, Outline.ANY);
            if (value == Outline.ANY) {
                return Prospect.of(Outline.text(Outline.UNBOUNDED), all).unboundedIf(true);
            }
            Prospect field = Formats.outlineOfField(value, '\0', Outline.of(Value.of(spec)));
            errors = errors.and(field.errors());
            length = Outline.plus(length, field.result().extent());
            at = end;
        }
        return Prospect.of(
                Outline.text(length), errors.andIf(stray(text) || (numbered && automatic > 0), Errors.VALUE));
    }

    private static boolean stray(String text) {
        return text.chars().filter(c -> c == '{').count()
                != text.chars().filter(c -> c == '}').count();
    }

    private static Outline inOrder(Outlines o, int at) {
        return at < o.rest().size() ? o.rest().get(at) : Outline.ANY;
    }

    private String run(String template, int deepest) {
        if (deepest < 0) {
            throw Fault.value("Max string recursion exceeded");
        }
        StringBuilder out = new StringBuilder();
        for (int at = 0; at < template.length(); ) {
            char each = template.charAt(at++);
            boolean doubled = at < template.length() && template.charAt(at) == each;
            if (each == '{' && !doubled) {
                if (at == template.length()) {
                    throw Fault.value("Single '{' encountered in format string");
                }
                int end = end(template, at);
                out.append(field(template.substring(at, end), deepest));
                at = end + 1;
            } else if (each == '}' && !doubled) {
                throw Fault.value("Single '}' encountered in format string");
            } else {
                at += each == '{' || each == '}' ? 1 : 0;
                out.append(each);
            }
        }
        slots.context().bytes(out.length());
        return out.toString();
    }

    private static int end(String template, int from) {
        int depth = 1;
        for (int at = from; at < template.length(); at++) {
            switch (template.charAt(at)) {
                case '{' -> depth++;
                case '}' -> depth--;
                default -> {}
            }
            if (depth == 0) {
                return at;
            }
        }
        throw Fault.value("expected '}' before end of string");
    }

    private String field(String inside, int deepest) {
        int split = 0;
        boolean bracket = false;
        while (split < inside.length() && (bracket || (inside.charAt(split) != ':' && inside.charAt(split) != '!'))) {
            bracket = inside.charAt(split) == '[' || (bracket && inside.charAt(split) != ']');
            split++;
        }
        String name = inside.substring(0, split);
        char conversion = 0;
        String spec = "";
        if (split < inside.length() && inside.charAt(split) == '!') {
            if (split + 1 >= inside.length()) {
                throw Fault.value("end of string while looking for conversion specifier");
            }
            conversion = inside.charAt(split + 1);
            split += 2;
            if (split < inside.length() && inside.charAt(split) != ':') {
                throw Fault.value("expected ':' after conversion specifier");
            }
        }
        if (split < inside.length()) {
            spec = inside.substring(split + 1);
        }
        Value value = lookUp(name);
        if (conversion != 0 && "sra".indexOf(conversion) < 0) {
            throw Fault.value("Unknown conversion specifier '" + conversion + "'");
        }
        String how = spec.indexOf('{') >= 0 ? run(spec, deepest - 1) : spec;
        slots.tell(Labels.deep(value));
        return ((Text) Formats.field(slots.context(), value, conversion, Value.of(how))
                        .payload())
                .string();
    }

    private Value lookUp(String name) {
        int at = 0;
        while (at < name.length() && name.charAt(at) != '.' && name.charAt(at) != '[') {
            at++;
        }
        Value value = first(name.substring(0, at));
        while (at < name.length()) {
            if (name.charAt(at) == '.') {
                int from = ++at;
                while (at < name.length() && name.charAt(at) != '.' && name.charAt(at) != '[') {
                    at++;
                }
                if (from == at) {
                    throw Fault.value("Empty attribute in format string");
                }
                value = attribute(value, name.substring(from, at));
            } else {
                int end = name.indexOf(']', at);
                if (end < 0) {
                    throw Fault.value("Missing ']' in format string");
                }
                String index = name.substring(at + 1, end);
                if (index.isEmpty()) {
                    throw Fault.value("Empty attribute in format string");
                }
                value = Subscripts.item(slots.context(), value, index(index));
                at = end + 1;
                if (at < name.length() && name.charAt(at) != '.' && name.charAt(at) != '[') {
                    throw Fault.value("Only '.' or '[' may follow ']' in format field specifier");
                }
            }
        }
        return value;
    }

    private static Value index(String text) {
        boolean digits = text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (digits && text.length() > 18) {
            throw Fault.value("Too many decimal digits in format string");
        }
        return digits ? Value.of(Long.parseLong(text)) : Value.of(text);
    }

    /** Of instances, dates and exceptions only: a template from data must not reach into anything else. */
    private Value attribute(Value of, String name) {
        Value found = switch (of.payload()) {
            case InstanceBox _, Member _, Moment _, Day _, ClockTime _, Delta _, ExceptionBox _ ->
                Attributes.find(slots.context(), of, name);
            default -> null;
        };
        if (found == null || found.payload() instanceof BoundMethod) {
            throw Fault.attribute(of.payload(), name);
        }
        return found;
    }

    private Value first(String name) {
        boolean digits = !name.isEmpty() && name.chars().allMatch(c -> c >= '0' && c <= '9');
        if (name.isEmpty() || digits) {
            if (name.isEmpty() && automatic < 0) {
                throw Fault.value("cannot switch from manual field specification to automatic field numbering");
            }
            if (digits && automatic > 0) {
                throw Fault.value("cannot switch from automatic field numbering to manual field specification");
            }
            if (digits && name.length() > 18) {
                throw Fault.value("Too many decimal digits in format string");
            }
            long at = digits ? Long.parseLong(name) : automatic++;
            automatic = digits ? -1 : automatic;
            if (at >= values.size()) {
                throw Fault.index("Replacement index " + at + " out of range for positional args tuple");
            }
            return values.get((int) at);
        }
        Value value = named.get(name);
        if (value == null) {
            throw Fault.key(Value.of(name)).by(Label.BOTTOM);
        }
        return value;
    }
}
