package telos.plans.planner;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import telos.kernel.security.Integrity;
import telos.kernel.security.Label;
import telos.kernel.security.Readers;
import telos.kernel.security.Rule;
import telos.plans.Datum;
import telos.plans.DatumJson;
import telos.plans.Overlay;
import telos.plans.Schema;
import telos.plans.SchemaRead;
import telos.plans.Tool;
import telos.plans.World;
import tools.jackson.core.JacksonException;

/**
 * A world in which a model answers what plans ask, unless the world below has the answer. The model has no tools, is shown the
 * question and the data and nothing else, and its answer counts only if it satisfies the schema.
 */
public final class AskedWorld extends Overlay {
    /** The longest answer, in characters. */
    public static final int LONGEST = 64 << 10;

    /** The most that is shown of data, in characters of JSON. */
    public static final int MOST_DATA = 256 << 10;

    private static final String TOO_LONG = "the data of ask is longer than " + MOST_DATA + " characters";

    private final Model model;
    private final Map<String, List<Rule>> rules;
    private final Label shown;
    private final Consumer<String> owner;

    /** @param shown the most that the label of a question can be that gets this far */
    private AskedWorld(World below, Model model, Map<String, List<Rule>> rules, Label shown, Consumer<String> owner) {
        super(below);
        this.shown = shown;
        this.model = model;
        this.rules = rules;
        this.owner = owner;
    }

    /**
     * Asks a model in this machine: it is a sink if the world says so.
     *
     * @param owner is told why a question had no answer; nobody else may be
     */
    public static World here(World below, Model model, Consumer<String> owner) {
        return new AskedWorld(below, model, below.askRules(), Label.MISSING, owner);
    }

    /**
     * Asks a model elsewhere: it may be told what everybody may read, whatever else the world demands. What a world says of
     * readers it says of a model here.
     */
    public static World elsewhere(World below, Model model, Consumer<String> owner) {
        Map<String, List<Rule>> rules = new LinkedHashMap<>(below.askRules());
        for (String each : List.of(Tool.CALL, "question", "data", "schema")) {
            rules.merge(each, List.of(Rule.told(Readers.EVERYONE)), AskedWorld::both);
        }
        return new AskedWorld(below, model, rules, Label.of(Integrity.UNTRUSTED, Readers.EVERYONE), owner);
    }

    private static List<Rule> both(List<Rule> some, List<Rule> more) {
        List<Rule> all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    @Override
    public Map<String, List<Rule>> askRules() {
        return rules;
    }

    /** Of any type. */
    @Override
    public List<Datum> answers() {
        return List.of();
    }

    @Override
    public Optional<Datum> ask(String question, Datum data, Datum schema) {
        Optional<Datum> known = super.ask(question, data, schema);
        if (known.isPresent()) {
            return known;
        }
        return switch (Schema.read(schema)) {
            case SchemaRead.Refused(String why) -> none("the schema of ask is refused: " + why);
            case SchemaRead.Accepted(Schema read) -> asked(question, data, read);
        };
    }

    private Optional<Datum> asked(String question, Datum data, Schema schema) {
        if (DatumText.atLeast(data, MOST_DATA) > MOST_DATA) {
            return none(TOO_LONG);
        }
        String json = DatumText.of(data);
        if (json.length() > MOST_DATA) {
            return none(TOO_LONG);
        }
        Prompt prompt = new Prompt(
                Instructions.READER,
                "The question:\n\n" + question + "\n\nThe data, as JSON:\n\n" + json + "\n",
                shown);
        return switch (model.say(prompt, Optional.of(DatumText.of(SchemaForm.answer(schema))), LONGEST + 1)) {
            case Said.Nothing(String why) -> none("ask had no answer: " + why);
            case Said.Text(String text) -> answer(text, schema);
        };
    }

    private Optional<Datum> answer(String text, Schema schema) {
        if (text.length() > LONGEST) {
            return none("the answer to ask was longer than " + LONGEST + " characters");
        }
        Datum whole;
        try {
            whole = DatumJson.read(Fences.inside(text).strip());
        } catch (JacksonException _) {
            return none("the answer to ask was no JSON");
        }
        if (!(whole instanceof Datum.Fields fields)
                || !fields.values().keySet().equals(java.util.Set.of("ok", "value"))
                || !(fields.values().get("ok") instanceof Datum.Truth(boolean ok))) {
            return none("the answer to ask was not of the form {\"ok\": …, \"value\": …}");
        }
        if (!ok) {
            return none("the data does not answer the question");
        }
        Datum value = java.util.Objects.requireNonNull(fields.values().get("value"));
        return schema.admits(value) ? Optional.of(value) : none("the answer to ask does not satisfy its schema");
    }

    private Optional<Datum> none(String why) {
        owner.accept(why);
        return Optional.empty();
    }
}
