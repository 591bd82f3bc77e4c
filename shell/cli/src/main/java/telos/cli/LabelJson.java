package telos.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import telos.cli.wire.Json;
import telos.kernel.security.Integrity;
import telos.kernel.security.Label;
import telos.kernel.security.Readers;
import telos.kernel.security.Source;
import telos.kernel.security.Sources;

/** Labels as the daemon and plans tell each other of them: whole, with their sources. */
final class LabelJson {
    private LabelJson() {}

    static Json of(Label label) {
        List<String> readers =
                label.readers().everyone() ? List.of("*") : label.readers().principals();
        List<Json> sources = new ArrayList<>();
        for (Source each : label.sources().named()) {
            sources.add(Json.object("kind", word(each.kind()), "name", each.name()));
        }
        return Json.object(
                "integrity",
                label.integrity().word(),
                "readers",
                readers,
                "sources",
                sources,
                "more_sources",
                label.sources().more());
    }

    static Json of(Map<String, Label> labels) {
        Map<String, Json> all = new java.util.LinkedHashMap<>();
        labels.forEach((name, label) -> all.put(name, of(label)));
        return Json.of(all);
    }

    /** What is missing or cannot be read is the strictest: untrusted, for nobody. */
    static Label read(Json json) {
        Integrity integrity = Integrity.UNTRUSTED;
        for (Integrity each : Integrity.values()) {
            integrity = each.word().equals(json.at("integrity").text("")) ? each : integrity;
        }
        List<String> names =
                json.at("readers").items().stream().map(each -> each.text("")).toList();
        Readers readers = names.contains("*")
                ? Readers.EVERYONE
                : names.size() > Readers.MOST ? Readers.NOBODY : Readers.of(names);
        List<Source> sources = new ArrayList<>();
        for (Json each : json.at("sources").items()) {
            for (Source.Kind kind : Source.Kind.values()) {
                if (word(kind).equals(each.at("kind").text("")) && sources.size() < Sources.MOST) {
                    sources.add(new Source(kind, each.at("name").text("")));
                }
            }
        }
        return Label.of(
                integrity, readers, new Sources(sources, json.at("more_sources").flag()));
    }

    private static String word(Source.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
