package telos.plans;

import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import telos.kernel.security.Rule;
import telos.kernel.security.policy.Policy;

/** The whole outside of a plan in one JSON file: tools that give prepared results, and prepared answers. */
public final class WorldFile implements World {
    /** What a tool does: the first case that fits, else the last word. */
    record Script(List<Case> cases, Result otherwise) {
        Result answer(Map<String, Datum> arguments) {
            for (Case each : cases) {
                if (each.fits(arguments)) {
                    return each.result();
                }
            }
            return otherwise;
        }
    }

    record Case(Map<String, Datum> arguments, Result result) {
        boolean fits(Map<String, Datum> given) {
            for (Map.Entry<String, Datum> each : arguments.entrySet()) {
                Datum other = given.get(each.getKey());
                if (other == null || !same(each.getValue(), other)) {
                    return false;
                }
            }
            return true;
        }
    }

    record Prepared(String question, Datum data, Optional<Datum> schema, Datum answer) {}

    private final SequencedMap<String, Tool> tools;
    private final Map<String, Script> scripts;
    private final List<Prepared> asks;
    private final Map<String, List<Rule>> askRules;
    private final Map<String, Manual> manuals;
    private final Optional<Policy> policy;

    WorldFile(
            SequencedMap<String, Tool> tools,
            Map<String, Script> scripts,
            List<Prepared> asks,
            Map<String, List<Rule>> askRules,
            Map<String, Manual> manuals,
            Optional<Policy> policy) {
        this.policy = policy;
        this.manuals = manuals;
        this.tools = tools;
        this.scripts = scripts;
        this.asks = asks;
        this.askRules = askRules;
    }

    /** Files that a world names. */
    @FunctionalInterface
    public interface Beside {
        /** The content of a file, by its path as the world writes it. */
        byte[] read(String path) throws IOException;
    }

    /**
     * Reads a world that names no other files.
     *
     * @param source names the text in messages
     * @throws WorldException if it is faulty
     */
    public static WorldFile parse(String source, String json) throws WorldException {
        return parse(source, json, path -> {
            throw new IOException("there is no folder to look in");
        });
    }

    /** Reads a world and the files that it names. */
    public static WorldFile parse(String source, String json, Beside beside) throws WorldException {
        return new WorldReader(source, beside).read(json);
    }

    @Override
    public Map<String, Manual> manuals() {
        return manuals;
    }

    @Override
    public Optional<Policy> policy() {
        return policy;
    }

    @Override
    public SequencedMap<String, Tool> tools() {
        return tools;
    }

    @Override
    public Result call(Invocation call) {
        Script script = scripts.get(call.tool().name());
        if (script == null) {
            throw new IllegalArgumentException(
                    "no tool of this world: " + call.tool().name());
        }
        return script.answer(call.arguments());
    }

    @Override
    public Optional<Datum> ask(String question, Datum data, Datum schema) {
        for (Prepared each : asks) {
            if (each.question.equals(question)
                    && same(each.data, data)
                    && (each.schema.isEmpty() || same(each.schema.get(), schema))) {
                return Optional.of(each.answer).filter(answer -> satisfies(schema, answer));
            }
        }
        return Optional.empty();
    }

    /** What no schema is written in is taken for a remark: nothing is held to it. */
    private static boolean satisfies(Datum schema, Datum answer) {
        return switch (Schema.read(schema)) {
            case SchemaRead.Accepted(Schema read) -> read.admits(answer);
            case SchemaRead.Refused _ -> !Schema.meant(schema);
        };
    }

    @Override
    public Map<String, List<Rule>> askRules() {
        return askRules;
    }

    @Override
    public List<Datum> answers() {
        List<Datum> all = new ArrayList<>();
        all.add(Datum.NOTHING);
        asks.forEach(each -> all.add(each.answer));
        return all;
    }

    /** Equality as JSON has it: numbers by value, the order of keys does not matter. */
    static boolean same(Datum one, Datum other) {
        return switch (one) {
            case Datum.Whole(BigInteger value) ->
                switch (other) {
                    case Datum.Whole(BigInteger second) -> value.equals(second);
                    case Datum.Real(double second) -> equal(value, second);
                    default -> false;
                };
            case Datum.Real(double value) ->
                switch (other) {
                    case Datum.Whole(BigInteger second) -> equal(second, value);
                    case Datum.Real(double second) -> value == second;
                    default -> false;
                };
            case Datum.Items(List<Datum> values) -> {
                if (!(other instanceof Datum.Items(List<Datum> others)) || values.size() != others.size()) {
                    yield false;
                }
                for (int i = 0; i < values.size(); i++) {
                    if (!same(values.get(i), others.get(i))) {
                        yield false;
                    }
                }
                yield true;
            }
            case Datum.Fields fields -> {
                if (!(other instanceof Datum.Fields others)
                        || fields.values().size() != others.values().size()) {
                    yield false;
                }
                for (Map.Entry<String, Datum> each : fields.values().entrySet()) {
                    Datum second = others.values().get(each.getKey());
                    if (second == null || !same(each.getValue(), second)) {
                        yield false;
                    }
                }
                yield true;
            }
            case Datum.Nothing _, Datum.Truth _, Datum.Text _ -> one.equals(other);
        };
    }

    private static boolean equal(BigInteger whole, double real) {
        return Double.isFinite(real)
                && real == Math.rint(real)
                && new java.math.BigDecimal(real).toBigIntegerExact().equals(whole);
    }
}
