package telos.plans.planner;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import telos.plans.Datum;
import telos.plans.Schema;

/**
 * Writes schemas as model servers take them: objects are closed and all of their keys required, for some hold answers to
 * nothing less.
 */
final class SchemaForm {
    private SchemaForm() {}

    /** {@code {ok, value}}, with a value of the schema. */
    static Datum answer(Schema schema) {
        SequencedMap<String, Datum> properties = new LinkedHashMap<>();
        properties.put("ok", fields("type", new Datum.Text("boolean")));
        properties.put("value", of(schema.equals(Schema.ANY) ? text() : schema));
        return object(properties);
    }

    private static Schema text() {
        return Schema.read(new Datum.Text("string")) instanceof telos.plans.SchemaRead.Accepted(Schema schema)
                ? schema
                : Schema.ANY;
    }

    private static Datum of(Schema schema) {
        SequencedMap<String, Datum> form = new LinkedHashMap<>();
        if (schema.choices().isPresent()) {
            form.put("enum", new Datum.Items(schema.choices().get()));
            return new Datum.Fields(form);
        }
        List<Datum> kinds = new ArrayList<>();
        new TreeSet<>(schema.kinds())
                .forEach(each -> kinds.add(new Datum.Text(each.name().toLowerCase(java.util.Locale.ROOT))));
        if (kinds.size() == 1) {
            form.put("type", kinds.getFirst());
        } else if (!kinds.isEmpty()) {
            form.put("type", new Datum.Items(kinds));
        }
        if (!schema.description().isEmpty()) {
            form.put("description", new Datum.Text(schema.description()));
        }
        schema.items().ifPresent(each -> form.put("items", of(each)));
        schema.pattern().ifPresent(each -> form.put("pattern", new Datum.Text(each.pattern())));
        new TreeMap<>(schema.bounds())
                .forEach((name, bound) -> form.put(
                        name,
                        bound.stripTrailingZeros().scale() <= 0
                                ? new Datum.Whole(bound.toBigInteger())
                                : new Datum.Real(bound.doubleValue())));
        if (schema.properties().isPresent()) {
            SequencedMap<String, Datum> properties = new LinkedHashMap<>();
            schema.properties().get().forEach((name, each) -> properties.put(name, of(each)));
            form.putAll(((Datum.Fields) object(properties)).values());
        }
        return new Datum.Fields(form);
    }

    private static Datum object(SequencedMap<String, Datum> properties) {
        SequencedMap<String, Datum> form = new LinkedHashMap<>();
        form.put("type", new Datum.Text("object"));
        form.put("properties", new Datum.Fields(properties));
        List<Datum> names = new ArrayList<>();
        properties.keySet().forEach(each -> names.add(new Datum.Text(each)));
        form.put("required", new Datum.Items(names));
        form.put("additionalProperties", new Datum.Truth(false));
        return new Datum.Fields(form);
    }

    private static Datum fields(String name, Datum value) {
        SequencedMap<String, Datum> fields = new LinkedHashMap<>();
        fields.put(name, value);
        return new Datum.Fields(fields);
    }
}
