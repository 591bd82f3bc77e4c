package telos.bench.injection.workspace;

import java.util.SequencedMap;
import telos.bench.injection.office.Desk;
import telos.bench.injection.office.HasDesk;
import tools.jackson.databind.node.ObjectNode;

/** A desk and nothing else. */
record Office(Desk desk) implements HasDesk {
    static Office read(ObjectNode root) {
        return new Office(Desk.read(root));
    }

    @Override
    public SequencedMap<String, Object> parts() {
        return desk.parts();
    }
}
