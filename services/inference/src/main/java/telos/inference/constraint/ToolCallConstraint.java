package telos.inference.constraint;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import telos.kernel.ToolSpec;

/**
 * Holds a text to be one call of one of the tools given: {@code {"name":NAME,"arguments":OBJECT}}, the object one that
 * the tool's parameters admit. A {@link Form} says how a model's family writes that.
 */
public final class ToolCallConstraint {
    private ToolCallConstraint() {}

    /**
     * The fixed text around the name, a JSON string, and the arguments.
     *
     * @param open before the name
     * @param middle between name and arguments
     * @param close after the arguments
     * @param options how the arguments are written
     */
    public record Form(String open, String middle, String close, SchemaOptions options) {
        /** Compact JSON, as the built-in model writes it. */
        public static Form compact() {
            return new Form("{\"name\":", ",\"arguments\":", "}", SchemaOptions.standard());
        }

        /** As {@code json.dumps} of Python writes it, with another name for the arguments where a family has one. */
        public static Form spaced(String arguments) {
            return new Form("{\"name\": ", ", \"" + arguments + "\": ", "}", new SchemaOptions(false, 12));
        }
    }

    /** Compiles the calls of some tools in compact JSON. */
    public static Compilation compile(List<ToolSpec> tools, TokenTrie trie) {
        return compile(tools, trie, Form.compact());
    }

    /** Compiles the calls of some tools; a refusal's {@code where} starts with the tool's name. */
    public static Compilation compile(List<ToolSpec> tools, TokenTrie trie, Form form) {
        if (tools.isEmpty()) {
            return new Compilation.Unsupported("tools", "#", "there is none to call: give at least one");
        }
        List<Rule> calls = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (ToolSpec tool : tools) {
            if (!names.add(tool.name())) {
                return new Compilation.Unsupported("tools", tool.name(), "two tools have this name: rename one");
            }
            try {
                Rule arguments = SchemaCompiler.compile(tool.parameters(), true, form.options());
                if (arguments.equals(Rule.NEVER)) {
                    return new Compilation.Unsupported("parameters", tool.name(), "no value meets them");
                }
                calls.add(Rule.sequence(
                        Rule.literal(form.open()),
                        SchemaCompiler.text(tool.name()),
                        Rule.literal(form.middle()),
                        arguments,
                        Rule.literal(form.close())));
            } catch (Refusal refusal) {
                Compilation.Unsupported why = refusal.value();
                return new Compilation.Unsupported(why.keyword(), tool.name() + why.where(), why.why());
            }
        }
        return Compilation.of(Rule.choice(calls), form.options().references(), trie);
    }
}
