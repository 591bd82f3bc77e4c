package telos.inference.chat;

import java.util.Iterator;
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

/**
 * The forms that tools and schemas were compiled to. The latest are kept, up to a number and up to a length of their
 * sources together. Any number of threads may ask.
 */
final class CallForms {
    static final int KEPT = 64;
    static final int KEPT_CHARACTERS = 1 << 20;

    private final TokenTrie trie;
    private final Map<Source, Compilation> kept = new LinkedHashMap<>(16, 0.75f, true);
    private int characters;

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

    /** What a form is compiled from. */
    private sealed interface Source {
        int length();
    }

    private record Call(List<ToolSpec> tools, ToolCallConstraint.Form form) implements Source {
        @Override
        public int length() {
            return tools.stream()
                    .mapToInt(tool -> tool.name().length()
                            + tool.description().length()
                            + tool.parameters().length())
                    .sum();
        }
    }

    private record Answer(OutputForm form) implements Source {
        @Override
        public int length() {
            return switch (form) {
                case OutputForm.Free _, OutputForm.AnyJson _ -> 0;
                case OutputForm.Schema(String json, boolean _) -> json.length();
                case OutputForm.Pattern(String regex) -> regex.length();
                case OutputForm.Grammar(String text) -> text.length();
            };
        }
    }

    /** The constraint of one answer of this form; empty for a free one. */
    Optional<Constraint> answer(OutputForm form) throws Dialect.Unspeakable {
        return form instanceof OutputForm.Free
                ? Optional.empty()
                : Optional.of(compiled(compile(new Answer(form))).start());
    }

    private static Compilation.Compiled compiled(Compilation compilation) throws Dialect.Unspeakable {
        return switch (compilation) {
            case Compilation.Compiled compiled -> compiled;
            case Compilation.Unsupported unsupported -> throw new Dialect.Unspeakable(unsupported.message());
        };
    }

    private synchronized Compilation compile(Source source) {
        Compilation known = kept.get(source);
        if (known != null) {
            return known;
        }
        Compilation made = switch (source) {
            case Call call -> ToolCallConstraint.compile(call.tools(), trie, call.form());
            case Answer(OutputForm form) -> compile(form);
        };
        kept.put(source, made);
        characters += source.length();
        Iterator<Source> eldest = kept.keySet().iterator();
        while (kept.size() > KEPT || characters > KEPT_CHARACTERS) {
            characters -= eldest.next().length();
            eldest.remove();
        }
        return made;
    }

    /** How many forms are kept. */
    synchronized int size() {
        return kept.size();
    }

    private Compilation compile(OutputForm form) {
        return switch (form) {
            case OutputForm.Free _ -> throw new IllegalArgumentException("a free answer has no constraint");
            case OutputForm.AnyJson _ ->
                JsonSchemaConstraint.compile("{\"type\":\"object\"}", trie, SchemaOptions.standard());
            case OutputForm.Schema(String schema, boolean freeOrder) -> {
                SchemaOptions options = SchemaOptions.standard();
                yield JsonSchemaConstraint.compile(schema, trie, freeOrder ? options.withFreeOrder() : options);
            }
            case OutputForm.Pattern(String regex) -> PatternConstraint.compile(regex, trie);
            case OutputForm.Grammar(String text) -> GrammarConstraint.compile(text, trie);
        };
    }
}
