package telos.plans.planner;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import telos.plans.Datum;
import telos.plans.DatumJson;
import telos.plans.Manual;
import tools.jackson.core.JacksonException;

/**
 * The tools of servers that a person has looked at: what each said of itself then, all of it. Only what is pinned reaches a
 * planner, and what has changed since is refused.
 */
public final class Pins {
    public static final Pins NONE = new Pins(new TreeMap<>());

    private static final String SERVER = "server";
    private static final String HASH = "sha256";
    private static final String DEFINITION = "definition";

    /** How a definition stands to the pins. */
    public sealed interface Standing {
        record Pinned() implements Standing {}

        record Unpinned() implements Standing {}

        record Changed(List<Definitions.Difference> differences) implements Standing {}
    }

    /** One tool that is pinned. */
    public record Pin(Manual.Definition definition, String hash) {
        /** Server and tool, as people name them. */
        public String name() {
            return key(definition);
        }
    }

    private final SortedMap<String, Pin> pins;

    private Pins(SortedMap<String, Pin> pins) {
        this.pins = pins;
    }

    public static String key(Manual.Definition definition) {
        return definition.server() + "/" + definition.name();
    }

    public Collection<Pin> all() {
        return List.copyOf(pins.values());
    }

    public Pins with(Manual.Definition definition) {
        TreeMap<String, Pin> more = new TreeMap<>(pins);
        more.put(key(definition), new Pin(definition, Definitions.fingerprint(definition.whole())));
        return new Pins(more);
    }

    /** Without the tool of that name, {@code server/tool}; itself if there is none. */
    public Pins without(String name) {
        TreeMap<String, Pin> fewer = new TreeMap<>(pins);
        return fewer.remove(name) == null ? this : new Pins(fewer);
    }

    public Standing standing(Manual.Definition definition) {
        Pin pin = pins.get(key(definition));
        if (pin == null) {
            return new Standing.Unpinned();
        }
        return pin.hash().equals(Definitions.fingerprint(definition.whole()))
                ? new Standing.Pinned()
                : new Standing.Changed(Definitions.differences(pin.definition().whole(), definition.whole()));
    }

    /** Reads what {@link #json} wrote. */
    public static Pins parse(String json) throws PinsException {
        try {
            if (DatumJson.read(json) instanceof Datum.Fields root
                    && root.values().get("pins") instanceof Datum.Items(List<Datum> entries)) {
                TreeMap<String, Pin> pins = new TreeMap<>();
                for (Datum each : entries) {
                    Pin pin = pin(each);
                    if (pins.put(pin.name(), pin) != null) {
                        throw new PinsException("'" + pin.name() + "' is pinned twice; remove one");
                    }
                }
                return new Pins(pins);
            }
            throw new PinsException("expected {\"pins\": [{\"server\", \"sha256\", \"definition\"}]}");
        } catch (JacksonException e) {
            throw new PinsException("no valid JSON: " + e.getOriginalMessage());
        }
    }

    private static Pin pin(Datum entry) throws PinsException {
        if (!(entry instanceof Datum.Fields fields)
                || !(fields.values().get(SERVER) instanceof Datum.Text(String server))
                || !(fields.values().get(HASH) instanceof Datum.Text(String hash))
                || !(fields.values().get(DEFINITION) instanceof Datum.Fields definition)
                || !(definition.values().get("name") instanceof Datum.Text(String name))) {
            throw new PinsException("each pin is {\"server\": …, \"sha256\": …, \"definition\": {\"name\": …}}");
        }
        if (!hash.equals(Definitions.fingerprint(definition))) {
            throw new PinsException("the pin of '" + server + "/" + name
                    + "' does not fit its definition: it was changed by hand; pin the tool again");
        }
        return new Pin(new Manual.Definition(server, name, definition), hash);
    }

    public String json() {
        List<Datum> entries = new ArrayList<>();
        for (Pin each : pins.values()) {
            SequencedMap<String, Datum> fields = new LinkedHashMap<>();
            fields.put(SERVER, new Datum.Text(each.definition().server()));
            fields.put(HASH, new Datum.Text(each.hash()));
            fields.put(DEFINITION, each.definition().whole());
            entries.add(new Datum.Fields(fields));
        }
        return DatumText.of(new Datum.Fields(new LinkedHashMap<>(Map.of("pins", new Datum.Items(entries)))));
    }
}
