package telos.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import telos.cli.wire.Json;
import telos.kernel.security.Label;
import telos.plans.DatumJson;
import telos.plans.LabelData;

/** Labels in what plans and the daemon tell each other. */
final class LabelJson {
    private LabelJson() {}

    static Json of(Label label) {
        return PlanFiles.json(LabelData.of(label));
    }

    static Json of(Map<String, Label> labels) {
        Map<String, Json> all = new LinkedHashMap<>();
        labels.forEach((name, label) -> all.put(name, of(label)));
        return Json.of(all);
    }

    /** What is missing or cannot be read is the strictest: untrusted, for nobody. */
    static Label read(Json json) {
        return json.present()
                        && LabelData.read(DatumJson.read(json.toString()))
                                instanceof LabelData.Read.Accepted(Label label)
                ? label
                : Label.MISSING;
    }
}
