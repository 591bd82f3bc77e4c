package telos.inference.chat;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
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
 * sources together. Any number of threads may ask: each source is compiled by the first that asks for it, a few sources at
 * a time, and nobody waits for a source but those that ask for it.
 */
final class CallForms {
    static final int KEPT = 64;
    static final int KEPT_CHARACTERS = 1 << 20;
    static final long KEPT_BYTES = Runtime.getRuntime().maxMemory() / 16;
    static final int AT_ONCE = 2;

    private final TokenTrie trie;
    private final Function<Source, Compilation> compiler;
    private final Semaphore turns = new Semaphore(AT_ONCE, true);
    /** Forms, and those being compiled; one of which nothing came is empty. */
    private final Map<Source, CompletableFuture<Optional<Compilation>>> kept = new LinkedHashMap<>(16, 0.75f, true);

    private int characters;

    CallForms(TokenTrie trie) {
        this.trie = trie;
        this.compiler = source -> compile(source, trie);
    }

    /** @param compiler what makes forms of sources */
    CallForms(TokenTrie trie, Function<Source, Compilation> compiler) {
        this.trie = trie;
        this.compiler = compiler;
    }

    TokenTrie trie() {
        return trie;
    }

    /** The form of a call of one of these tools. */
    Compilation.Compiled call(List<ToolSpec> tools) throws Dialect.Unspeakable, InterruptedException {
        return call(tools, ToolCallConstraint.Form.compact());
    }

    /** The form of a call of one of these tools, as a model's family writes it. */
    Compilation.Compiled call(List<ToolSpec> tools, ToolCallConstraint.Form form)
            throws Dialect.Unspeakable, InterruptedException {
        return compiled(form(new Call(tools, form)));
    }

    /** What a form is compiled from. */
    sealed interface Source {
        int length();
    }

    record Call(List<ToolSpec> tools, ToolCallConstraint.Form form) implements Source {
        @Override
        public int length() {
            return tools.stream()
                    .mapToInt(tool -> tool.name().length()
                            + tool.description().length()
                            + tool.parameters().length())
                    .sum();
        }
    }

    record Answer(OutputForm form) implements Source {
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
    Optional<Constraint> answer(OutputForm form) throws Dialect.Unspeakable, InterruptedException {
        return form instanceof OutputForm.Free
                ? Optional.empty()
                : Optional.of(compiled(form(new Answer(form))).start());
    }

    private static Compilation.Compiled compiled(Compilation compilation) throws Dialect.Unspeakable {
        return switch (compilation) {
            case Compilation.Compiled compiled -> compiled;
            case Compilation.Unsupported unsupported -> throw new Dialect.Unspeakable(unsupported.message());
        };
    }

    private Compilation form(Source source) throws InterruptedException {
        Optional<Compilation> form = Optional.empty();
        while (form.isEmpty()) {
            CompletableFuture<Optional<Compilation>> mine = new CompletableFuture<>();
            CompletableFuture<Optional<Compilation>> coming = known(source, mine);
            form = coming == null ? Optional.of(make(source, mine)) : await(coming);
        }
        return form.get();
    }

    /** The form that is kept or coming; null where there was none: {@code mine} is kept then, and the caller makes it. */
    private @Nullable CompletableFuture<Optional<Compilation>> known(
            Source source, CompletableFuture<Optional<Compilation>> mine) {
        synchronized (this) {
            CompletableFuture<Optional<Compilation>> known = kept.get(source);
            if (known != null) {
                return known;
            }
            kept.put(source, mine);
            characters += source.length();
        }
        drop();
        return null;
    }

    /** Drops the forms that were used longest ago while those kept are too many or too large. */
    private void drop() {
        List<Compilation.Compiled> dropped = new ArrayList<>();
        synchronized (this) {
            long bytes = kept.values().stream().mapToLong(CallForms::bytes).sum();
            Iterator<Map.Entry<Source, CompletableFuture<Optional<Compilation>>>> eldest =
                    kept.entrySet().iterator();
            while (eldest.hasNext() && (kept.size() > KEPT || characters > KEPT_CHARACTERS || bytes > KEPT_BYTES)) {
                Map.Entry<Source, CompletableFuture<Optional<Compilation>>> entry = eldest.next();
                characters -= entry.getKey().length();
                bytes -= bytes(entry.getValue());
                eldest.remove();
                if (entry.getValue().getNow(Optional.empty()).orElse(null) instanceof Compilation.Compiled compiled) {
                    dropped.add(compiled);
                }
            }
        }
        dropped.forEach(Compilation.Compiled::forget);
    }

    private static long bytes(CompletableFuture<Optional<Compilation>> form) {
        return form.getNow(Optional.empty()).orElse(null) instanceof Compilation.Compiled compiled
                ? compiled.bytes()
                : 0;
    }

    /** Compiles a source. What is no form, because of a fault or an interruption, is not kept. */
    private Compilation make(Source source, CompletableFuture<Optional<Compilation>> mine) throws InterruptedException {
        boolean made = false;
        try {
            turns.acquire();
            Compilation form;
            try {
                form = compiler.apply(source);
            } finally {
                turns.release();
            }
            made = true;
            mine.complete(Optional.of(form));
            drop();
            return form;
        } finally {
            if (!made) {
                synchronized (this) {
                    if (kept.remove(source, mine)) {
                        characters -= source.length();
                    }
                }
                mine.complete(Optional.empty());
            }
        }
    }

    private static Optional<Compilation> await(CompletableFuture<Optional<Compilation>> coming)
            throws InterruptedException {
        try {
            return coming.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a form is never completed by a fault", e);
        }
    }

    /** How many forms are kept. */
    synchronized int size() {
        return kept.size();
    }

    static Compilation compile(Source source, TokenTrie trie) {
        return switch (source) {
            case Call call -> ToolCallConstraint.compile(call.tools(), trie, call.form());
            case Answer(OutputForm form) -> compile(form, trie);
        };
    }

    private static Compilation compile(OutputForm form, TokenTrie trie) {
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
