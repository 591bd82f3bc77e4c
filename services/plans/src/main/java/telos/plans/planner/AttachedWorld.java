package telos.plans.planner;

import java.math.BigInteger;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import telos.kernel.security.Integrity;
import telos.kernel.security.Label;
import telos.kernel.security.Readers;
import telos.kernel.security.Source;
import telos.plans.Datum;
import telos.plans.Invocation;
import telos.plans.Manual;
import telos.plans.Overlay;
import telos.plans.Parameter;
import telos.plans.Result;
import telos.plans.Schema;
import telos.plans.SchemaRead;
import telos.plans.Tool;
import telos.plans.World;

/**
 * A world with what a person pasted or attached and marked as data. A plan reaches it by the tool {@code attached}; it is
 * untrusted, and no planner sees any of it, not even the names of files.
 */
public final class AttachedWorld extends Overlay {
    public static final String TOOL = "attached";

    private static final String NUMBER = "number";

    private final List<String> texts;
    private final SequencedMap<String, Tool> tools;
    private final Map<String, Manual> manuals;

    /**
     * @param texts the first is number 1; at least one
     * @param readers who may read them
     * @throws IllegalArgumentException if the world has a tool of that name
     */
    public AttachedWorld(World below, List<String> texts, Readers readers) {
        super(below);
        if (below.tools().containsKey(TOOL)) {
            throw new IllegalArgumentException(
                    "the world has a tool called '" + TOOL + "', which is what attached data is read by; rename it");
        }
        this.texts = List.copyOf(texts);
        Parameter number = texts.size() == 1
                ? new Parameter(NUMBER, java.util.Optional.of(new Datum.Whole(BigInteger.ONE)))
                : Parameter.required(NUMBER);
        Tool tool = new Tool(
                TOOL,
                List.of(number),
                false,
                Map.of(),
                Label.of(Integrity.UNTRUSTED, readers).from(new Source(Source.Kind.FILE, "attached by the user")),
                new LinkedHashMap<>(),
                true,
                List.of(new Datum.Text("")));
        SequencedMap<String, Tool> all = new LinkedHashMap<>(below.tools());
        all.put(TOOL, tool);
        this.tools = Collections.unmodifiableSequencedMap(all);
        Map<String, Manual> said = new LinkedHashMap<>(below.manuals());
        SequencedMap<String, Schema> types = new LinkedHashMap<>();
        types.put(NUMBER, type("integer"));
        said.put(
                TOOL,
                new Manual(
                        "A text that the person attached to the request"
                                + (texts.size() == 1 ? "" : ", by its number from 1 to " + texts.size()),
                        types,
                        java.util.Optional.of(type("string")),
                        java.util.Optional.empty()));
        this.manuals = Collections.unmodifiableMap(said);
    }

    private static Schema type(String word) {
        return Schema.read(new Datum.Text(word)) instanceof SchemaRead.Accepted(Schema schema) ? schema : Schema.ANY;
    }

    @Override
    public SequencedMap<String, Tool> tools() {
        return tools;
    }

    @Override
    public Map<String, Manual> manuals() {
        return manuals;
    }

    @Override
    public Result call(Invocation call) {
        if (!call.tool().name().equals(TOOL)) {
            return super.call(call);
        }
        if (call.arguments().get(NUMBER) instanceof Datum.Whole(BigInteger number)
                && number.signum() > 0
                && number.compareTo(BigInteger.valueOf(texts.size())) <= 0) {
            return Result.Value.of(new Datum.Text(texts.get(number.intValueExact() - 1)));
        }
        return new Result.Failed("what is attached has numbers from 1 to " + texts.size());
    }
}
