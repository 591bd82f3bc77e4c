package telos.inference.chat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import telos.inference.constraint.Compilation;
import telos.inference.constraint.Constraint;
import telos.inference.constraint.GrammarConstraint;
import telos.inference.constraint.JsonSchemaConstraint;
import telos.inference.constraint.PatternConstraint;
import telos.inference.constraint.SchemaOptions;
import telos.inference.constraint.TokenTrie;
import telos.inference.constraint.ToolCallConstraint;
import telos.kernel.ToolSpec;

/** The forms that tools and schemas were compiled to, a few of the latest kept. Any number of threads may ask. */
final class CallForms {
    private static final int KEPT = 64;

    private final TokenTrie trie;
    private final Map<Object, Compilation> kept = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Compilation> eldest) {
            return size() > KEPT;
        }
    };

    CallForms(TokenTrie trie) {
        this.trie = trie;
    }

    TokenTrie trie() {
        return trie;
    }

    /** The form of a call of one of these tools. */
    Compilation.Compiled call(List<ToolSpec> tools) throws Dialect.Unspeakable {
        return call(tools, ToolCallConstraint.Form.compact());
    }

    /** The form of a call of one of these tools, as a model's family writes it. */
    Compilation.Compiled call(List<ToolSpec> tools, ToolCallConstraint.Form form) throws Dialect.Unspeakable {
        return compiled(compile(new Call(tools, form)));
    }

    private record Call(List<ToolSpec> tools, ToolCallConstraint.Form form) {}

    /** The constraint of one answer of this form; empty for a free one. */
    Optional<Constraint> answer(OutputForm form) throws Dialect.Unspeakable {
        return form instanceof OutputForm.Free
                ? Optional.empty()
                : Optional.of(compiled(compile(form)).start());
    }

    private static Compilation.Compiled compiled(Compilation compilation) throws Dialect.Unspeakable {
        return switch (compilation) {
            case Compilation.Compiled compiled -> compiled;
            case Compilation.Unsupported unsupported -> throw new Dialect.Unspeakable(unsupported.message());
        };
    }

    private synchronized Compilation compile(Call call) {
        return kept.computeIfAbsent(call, _ -> ToolCallConstraint.compile(call.tools(), trie, call.form()));
    }

    private synchronized Compilation compile(OutputForm form) {
        return kept.computeIfAbsent(form, _ -> switch (form) {
            case OutputForm.Free _ -> throw new IllegalArgumentException("a free answer has no constraint");
            case OutputForm.AnyJson _ ->
                JsonSchemaConstraint.compile("{\"type\":\"object\"}", trie, SchemaOptions.standard());
            case OutputForm.Schema(String schema, boolean freeOrder) -> {
                SchemaOptions options = SchemaOptions.standard();
                yield JsonSchemaConstraint.compile(schema, trie, freeOrder ? options.withFreeOrder() : options);
            }
            case OutputForm.Pattern(String regex) -> PatternConstraint.compile(regex, trie);
            case OutputForm.Grammar(String text) -> GrammarConstraint.compile(text, trie);
        });
    }
}
