package telos.inference.constraint;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import telos.kernel.ToolSpec;

/**
 * Holds a text to be one call of one of the tools given: compact JSON, {@code {"name":NAME,"arguments":OBJECT}}, the
 * object one that the tool's parameters admit.
 */
public final class ToolCallConstraint {
    private ToolCallConstraint() {}

    /** Compiles the calls of some tools; a refusal's {@code where} starts with the tool's name. */
    public static Compilation compile(List<ToolSpec> tools, TokenTrie trie) {
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
                Rule arguments = SchemaCompiler.compile(tool.parameters(), true, SchemaOptions.standard());
                if (arguments == Rule.NEVER) {
                    return new Compilation.Unsupported("parameters", tool.name(), "no value meets them");
                }
                calls.add(Rule.sequence(
                        Rule.literal("{\"name\":"),
                        SchemaCompiler.text(tool.name()),
                        Rule.literal(",\"arguments\":"),
                        arguments,
                        Rule.literal("}")));
            } catch (Refusal refusal) {
                Compilation.Unsupported why = refusal.value();
                return new Compilation.Unsupported(why.keyword(), tool.name() + why.where(), why.why());
            }
        }
        return Compilation.of(Rule.choice(calls), trie);
    }
}
