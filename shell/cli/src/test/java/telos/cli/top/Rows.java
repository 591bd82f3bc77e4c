package telos.cli.top;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Samples for tests. */
final class Rows {
    private Rows() {}

    static Row row(Kind kind, String id, String name, long weight, double got, double used) {
        return new Row(
                kind,
                id,
                name,
                "ready",
                Optional.of("mini#" + id),
                OptionalLong.of(weight),
                0.5,
                got,
                0.25,
                used,
                Math.round(used) + "t",
                90,
                "do " + name);
    }

    static Sample few() {
        return new Sample(
                List.of("telos 0.1.0, model mini", "1 requests run"),
                List.of(
                        row(Kind.TENANT, "#1", "alice", 300, 0.6, 10),
                        row(Kind.AGENT, "3", "crawler", 100, 0.1, 400),
                        row(Kind.REQUEST, "#7", "alice/crawler/17", 100, 0.2, 30),
                        row(Kind.PROGRAM, "p1", "spin", 900, 0.9, 20)),
                "");
    }

    static Sample many(int count) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(row(Kind.REQUEST, "#" + i, "r" + i, 100, 0, i));
        }
        return new Sample(List.of(), rows, "");
    }
}
