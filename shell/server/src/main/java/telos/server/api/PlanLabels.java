package telos.server.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import telos.kernel.security.Integrity;
import telos.kernel.security.Label;
import telos.kernel.security.Readers;
import telos.kernel.security.Source;
import telos.kernel.security.Sources;
import telos.server.api.http.ApiException;
import telos.server.api.http.Fields;
import telos.server.api.http.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Labels as plans and the daemon tell each other of them: whole, with their sources. */
final class PlanLabels {
    private static final List<String> LEVELS = List.of("user", "trusted", "untrusted");

    private PlanLabels() {}

    static ObjectNode json(Label label) {
        ObjectNode node = Json.object().put("integrity", label.integrity().word());
        ArrayNode readers = node.putArray("readers");
        if (label.readers().everyone()) {
            readers.add("*");
        } else {
            label.readers().principals().forEach(readers::add);
        }
        ArrayNode sources = node.putArray("sources");
        for (Source each : label.sources().named()) {
            sources.addObject().put("kind", word(each.kind())).put("name", each.name());
        }
        return node.put("more_sources", label.sources().more());
    }

    /** A part that is missing is the strictest: untrusted, for nobody. */
    static Label read(Fields label) throws ApiException {
        String integrity = label.text("integrity", "untrusted");
        if (!LEVELS.contains(integrity)) {
            throw label.invalid("integrity", "must be user, trusted or untrusted");
        }
        List<String> readers = label.texts("readers", Readers.MOST);
        List<Source> sources = new ArrayList<>();
        for (Fields each : label.objects("sources", Sources.MOST)) {
            sources.add(new Source(kind(each), each.required("name")));
        }
        return Label.of(
                Integrity.named(integrity),
                readers.contains("*") ? Readers.EVERYONE : Readers.of(readers),
                new Sources(sources, label.truth("more_sources", false)));
    }

    private static Source.Kind kind(Fields source) throws ApiException {
        String word = source.required("kind");
        for (Source.Kind each : Source.Kind.values()) {
            if (word(each).equals(word)) {
                return each;
            }
        }
        throw source.invalid("kind", "is no kind of source");
    }

    private static String word(Source.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
