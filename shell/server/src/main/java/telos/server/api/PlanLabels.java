package telos.server.api;

import telos.kernel.security.Label;
import telos.plans.DatumJson;
import telos.plans.LabelData;
import telos.server.api.http.ApiException;
import telos.server.api.http.Fields;
import tools.jackson.databind.node.ObjectNode;

/** Labels in requests of plans, and in what they are answered. */
final class PlanLabels {
    private PlanLabels() {}

    static ObjectNode json(Label label) {
        return DatumJson.of(LabelData.of(label));
    }

    static Label read(Fields label) throws ApiException {
        return switch (LabelData.read(DatumJson.of(label.node()))) {
            case LabelData.Read.Accepted(Label read) -> read;
            case LabelData.Read.Refused(String member, String why) -> throw label.invalid(member, why);
        };
    }
}
