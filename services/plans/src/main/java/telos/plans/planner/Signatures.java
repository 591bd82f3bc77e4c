package telos.plans.planner;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import telos.kernel.security.Audience;
import telos.kernel.security.Integrity;
import telos.kernel.security.Rule;
import telos.plans.Datum;
import telos.plans.Manual;
import telos.plans.Parameter;
import telos.plans.Schema;
import telos.plans.Tool;
import telos.plans.World;

/**
 * Tools as a planner reads of them: names, types, rules and labels, all of which are declared. Nothing is told of results that
 * are recorded, not even of what kinds they are.
 */
final class Signatures {
    private static final int LONGEST_DESCRIPTION = 2_000;
    private static final int DEEPEST = 6;

    private Signatures() {}

    static String of(World world) {
        StringBuilder text = new StringBuilder();
        for (Tool each : world.tools().values()) {
            tool(each, world.manuals().getOrDefault(each.name(), Manual.NONE), text);
        }
        return text.toString();
    }

    private static void tool(Tool tool, Manual manual, StringBuilder text) {
        List<String> parameters = new ArrayList<>();
        for (Parameter each : tool.parameters()) {
            Schema type = manual.parameters().get(each.name());
            parameters.add(each.name()
                    + (type == null ? "" : ": " + type(type, 0))
                    + each.fallback().map(fallback -> " = " + literal(fallback)).orElse(""));
        }
        text.append("def ")
                .append(tool.name())
                .append('(')
                .append(String.join(", ", parameters))
                .append(") -> ")
                .append(manual.result().map(each -> type(each, 0)).orElse("Any"))
                .append('\n');
        if (!manual.description().isBlank()) {
            text.append("    \"\"\"").append(plain(manual.description())).append("\"\"\"\n");
        }
        if (tool.effect()) {
            text.append("    # has an effect\n");
        }
        tool.requires().forEach((argument, rules) -> {
            List<String> words = rules(rules);
            if (!words.isEmpty()) {
                text.append("    # ")
                        .append(argument.equals(Tool.CALL) ? "the decision to call" : argument)
                        .append(" must be ")
                        .append(String.join(" and ", words))
                        .append('\n');
            }
        });
        if (!tool.result().isBottom()) {
            text.append("    # result: ").append(tool.result()).append('\n');
        }
        tool.labels()
                .forEach((pointer, label) -> text.append("    # result")
                        .append(pointer)
                        .append(": ")
                        .append(label)
                        .append('\n'));
    }

    /** What rules ask, in words; they are the owner's, and name no value. */
    static List<String> rules(List<Rule> rules) {
        List<String> words = new ArrayList<>();
        for (Rule each : rules) {
            if (each.atLeast() != Integrity.UNTRUSTED) {
                words.add(each.atLeast().word());
            }
            switch (each.audience()) {
                case Audience.Unasked _ -> {}
                case Audience.Exactly(var readers) -> words.add("readable by " + readers);
                case Audience.NamedBy(String other) -> words.add("readable by whom " + other + " names");
            }
        }
        return words;
    }

    static String type(Schema schema, int depth) {
        if (schema.choices().isPresent()) {
            return "Literal["
                    + String.join(
                            ", ",
                            schema.choices().get().stream()
                                    .map(Signatures::literal)
                                    .toList())
                    + "]";
        }
        List<String> all = new ArrayList<>();
        for (Schema.Kind each : new TreeSet<>(schema.kinds())) {
            all.add(
                    switch (each) {
                        case NULL -> "None";
                        case BOOLEAN -> "bool";
                        case INTEGER -> "int";
                        case NUMBER -> "float";
                        case STRING -> "str";
                        case ARRAY ->
                            schema.items().isEmpty() || depth == DEEPEST
                                    ? "list"
                                    : "list[" + type(schema.items().get(), depth + 1) + "]";
                        case OBJECT -> object(schema, depth);
                    });
        }
        return all.isEmpty() ? "Any" : String.join(" | ", all);
    }

    private static String object(Schema schema, int depth) {
        if (schema.properties().isEmpty() || depth == DEEPEST) {
            return "dict";
        }
        List<String> keys = new ArrayList<>();
        for (Map.Entry<String, Schema> each : schema.properties().get().entrySet()) {
            keys.add(quoted(each.getKey()) + ": " + type(each.getValue(), depth + 1));
        }
        return "{" + String.join(", ", keys) + "}";
    }

    private static String literal(Datum datum) {
        return switch (datum) {
            case Datum.Nothing _ -> "None";
            case Datum.Truth(boolean truth) -> truth ? "True" : "False";
            case Datum.Whole(var whole) -> whole.toString();
            case Datum.Real(double real) -> Double.toString(real);
            case Datum.Text(String value) -> quoted(value);
            case Datum.Items _ -> "[…]";
            case Datum.Fields _ -> "{…}";
        };
    }

    private static String quoted(String text) {
        return "'" + plain(text).replace("'", "\\'") + "'";
    }

    /** One line, bounded, that cannot end the quotation it stands in. */
    private static String plain(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\s]+", " ")
                .replace("\"\"\"", "'''")
                .strip();
        return line.length() <= LONGEST_DESCRIPTION ? line : line.substring(0, LONGEST_DESCRIPTION) + "…";
    }
}
