package telos.plans;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Integrity;
import telos.kernel.security.Label;
import telos.kernel.security.Readers;
import telos.kernel.security.Source;
import telos.kernel.security.Sources;

/** Labels as data, in the form in which plans and the daemon tell each other of them: whole, with their sources. */
public final class LabelData {
    private static final String INTEGRITY = "integrity";
    private static final String READERS = "readers";
    private static final String SOURCES = "sources";
    private static final String MORE = "more_sources";

    /** What {@link #read} finds. */
    public sealed interface Read {
        record Accepted(Label label) implements Read {}

        /**
         * It is no label.
         *
         * @param member the part that is none of a label
         */
        record Refused(String member, String why) implements Read {}
    }

    private LabelData() {}

    public static Datum.Fields of(Label label) {
        SequencedMap<String, Datum> fields = new LinkedHashMap<>();
        fields.put(INTEGRITY, new Datum.Text(label.integrity().word()));
        List<String> readers =
                label.readers().everyone() ? List.of("*") : label.readers().principals();
        List<Datum> names = new ArrayList<>();
        readers.forEach(each -> names.add(new Datum.Text(each)));
        fields.put(READERS, new Datum.Items(names));
        List<Datum> sources = new ArrayList<>();
        for (Source each : label.sources().named()) {
            SequencedMap<String, Datum> source = new LinkedHashMap<>();
            source.put("kind", new Datum.Text(word(each.kind())));
            source.put("name", new Datum.Text(each.name()));
            sources.add(new Datum.Fields(source));
        }
        fields.put(SOURCES, new Datum.Items(sources));
        fields.put(MORE, new Datum.Truth(label.sources().more()));
        return new Datum.Fields(fields);
    }

    /** A part that is missing is the strictest: untrusted, for nobody. */
    public static Read read(Datum datum) {
        return switch (datum) {
            case Datum.Fields(SequencedMap<String, Datum> fields) -> read(fields);
            case Datum.Nothing _ -> read(Map.of());
            case Datum.Truth _, Datum.Whole _, Datum.Real _, Datum.Text _, Datum.Items _ ->
                new Read.Refused(INTEGRITY, "must be in an object");
        };
    }

    private static Read read(Map<String, Datum> fields) {
        Optional<Integrity> integrity = integrity(fields.get(INTEGRITY));
        if (integrity.isEmpty()) {
            return new Read.Refused(INTEGRITY, "must be user, trusted or untrusted");
        }
        List<String> readers = new ArrayList<>();
        List<Datum> names = items(fields.get(READERS));
        if (names == null || names.size() > Readers.MOST) {
            return new Read.Refused(READERS, "must be a list of at most " + Readers.MOST + " names");
        }
        for (Datum each : names) {
            if (!(each instanceof Datum.Text(String name))) {
                return new Read.Refused(READERS, "must hold names");
            }
            readers.add(name);
        }
        List<Source> sources = new ArrayList<>();
        List<Datum> all = items(fields.get(SOURCES));
        if (all == null || all.size() > Sources.MOST) {
            return new Read.Refused(SOURCES, "must be a list of at most " + Sources.MOST + " sources");
        }
        for (Datum each : all) {
            Optional<Source> source = source(each);
            if (source.isEmpty()) {
                return new Read.Refused(SOURCES, "must hold the kind and the name of each");
            }
            sources.add(source.get());
        }
        Datum beyond = fields.getOrDefault(MORE, Datum.NOTHING);
        if (!(beyond instanceof Datum.Truth || beyond instanceof Datum.Nothing)) {
            return new Read.Refused(MORE, "must be true or false");
        }
        return new Read.Accepted(Label.of(
                integrity.get(),
                readers.contains("*") ? Readers.EVERYONE : Readers.of(readers),
                new Sources(sources, beyond.equals(new Datum.Truth(true)))));
    }

    private static Optional<Integrity> integrity(@Nullable Datum datum) {
        if (datum == null || datum instanceof Datum.Nothing) {
            return Optional.of(Integrity.UNTRUSTED);
        }
        for (Integrity each : Integrity.values()) {
            if (datum.equals(new Datum.Text(each.word()))) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /** An empty list where nothing is given; null where something else is. */
    private static @Nullable List<Datum> items(@Nullable Datum datum) {
        if (datum == null || datum instanceof Datum.Nothing) {
            return List.of();
        }
        return datum instanceof Datum.Items(List<Datum> values) ? values : null;
    }

    private static Optional<Source> source(Datum datum) {
        if (datum instanceof Datum.Fields(SequencedMap<String, Datum> fields)
                && fields.get("kind") instanceof Datum.Text(String word)
                && fields.get("name") instanceof Datum.Text(String name)) {
            for (Source.Kind each : Source.Kind.values()) {
                if (word(each).equals(word)) {
                    return Optional.of(new Source(each, name));
                }
            }
        }
        return Optional.empty();
    }

    private static String word(Source.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
