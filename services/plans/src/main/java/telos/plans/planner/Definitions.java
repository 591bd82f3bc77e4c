package telos.plans.planner;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import telos.kernel.security.Sha256;
import telos.plans.Datum;
import telos.plans.DatumJson;
import telos.plans.Manual;
import tools.jackson.core.JacksonException;

/** Tools as servers define them: entries of what an MCP server answers to {@code tools/list}. All of it is untrusted text. */
public final class Definitions {
    private static final int MOST = 10_000;
    private static final int LONGEST_NAME = 200;

    private Definitions() {}

    /** Whether a text is a list of tools as servers give it, and no world. */
    public static boolean isListing(String json) {
        try {
            return list(DatumJson.read(json)).isPresent();
        } catch (JacksonException _) {
            return false;
        }
    }

    /**
     * Reads a server's list.
     *
     * @throws PinsException if it is none
     */
    public static List<Manual.Definition> listing(String server, String json) throws PinsException {
        List<Datum> entries;
        try {
            entries = list(DatumJson.read(json))
                    .orElseThrow(
                            () -> new PinsException("expected a server's list of tools: {\"tools\": [{\"name\": …}]}"));
        } catch (JacksonException e) {
            throw new PinsException("no valid JSON: " + e.getOriginalMessage());
        }
        if (entries.size() > MOST) {
            throw new PinsException("a list has at most " + MOST + " tools, not " + entries.size());
        }
        List<Manual.Definition> definitions = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Datum each : entries) {
            if (!(each instanceof Datum.Fields fields)
                    || !(fields.values().get("name") instanceof Datum.Text(String name))
                    || name.isBlank()
                    || name.length() > LONGEST_NAME) {
                throw new PinsException(
                        "each entry is an object with a 'name' of 1 to " + LONGEST_NAME + " characters");
            }
            if (!names.add(name)) {
                throw new PinsException("two tools have the same name; a server that lists them so cannot be pinned");
            }
            definitions.add(new Manual.Definition(server, name, fields));
        }
        return definitions;
    }

    /** Bare, in an object, or in the answer of JSON-RPC. */
    private static Optional<List<Datum>> list(Datum root) {
        return switch (root) {
            case Datum.Items(List<Datum> values) -> Optional.of(values);
            case Datum.Fields fields when fields.values().get("result") instanceof Datum.Fields result -> list(result);
            case Datum.Fields fields
            when fields.values().get("tools") instanceof Datum.Items(List<Datum> values) -> Optional.of(values);
            default -> Optional.empty();
        };
    }

    /** SHA-256 of all that a server says of a tool, in a form in which the order of keys does not matter. */
    static String fingerprint(Datum.Fields whole) {
        return Sha256.hex(DatumText.of(ordered(whole)));
    }

    private static Datum ordered(Datum datum) {
        return switch (datum) {
            case Datum.Items(List<Datum> values) ->
                new Datum.Items(values.stream().map(Definitions::ordered).toList());
            case Datum.Fields fields -> {
                SequencedMap<String, Datum> sorted = new LinkedHashMap<>();
                new TreeMap<>(fields.values()).forEach((name, each) -> sorted.put(name, ordered(each)));
                yield new Datum.Fields(sorted);
            }
            case Datum.Nothing _, Datum.Truth _, Datum.Whole _, Datum.Real _, Datum.Text _ -> datum;
        };
    }

    /**
     * A part of a definition that is not what it was.
     *
     * @param path its keys, with points between them
     * @param before as JSON; empty if it was not there
     * @param now as JSON; empty if it is not there any more
     */
    public record Difference(String path, String before, String now) {}

    static List<Difference> differences(Datum.Fields before, Datum.Fields now) {
        List<Difference> differences = new ArrayList<>();
        compare("", before, now, differences);
        return differences;
    }

    private static void compare(String path, Datum.Fields before, Datum.Fields now, List<Difference> into) {
        Set<String> keys = new TreeSet<>(before.values().keySet());
        keys.addAll(now.values().keySet());
        for (String each : keys) {
            String here = path.isEmpty() ? each : path + "." + each;
            Datum one = before.values().get(each);
            Datum other = now.values().get(each);
            if (one instanceof Datum.Fields fields && other instanceof Datum.Fields others) {
                compare(here, fields, others, into);
            } else {
                String was = one == null ? "" : DatumText.of(ordered(one));
                String is = other == null ? "" : DatumText.of(ordered(other));
                if (!was.equals(is)) {
                    into.add(new Difference(here, was, is));
                }
            }
        }
    }
}
