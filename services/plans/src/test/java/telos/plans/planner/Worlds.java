package telos.plans.planner;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import telos.plans.Datum;
import telos.plans.Listener;
import telos.plans.Tool;
import telos.plans.WorldException;
import telos.plans.WorldFile;
import telos.plans.syntax.Parsed;
import telos.plans.syntax.Plan;
import telos.plans.syntax.PlanParser;
import telos.plans.syntax.Position;

/** Worlds and plans for tests. */
final class Worlds {
    static final String OFFICE = """
            {"tools": {
              "read_secret": {"params": [], "effect": false, "result": SECRET,
                              "label": {"integrity": "trusted", "readers": ["alice"]}},
              "read_mail": {"params": [], "effect": false, "description": "The mails in the inbox",
                            "result": [{"from": "bob", "body": "MAILTEXT"}],
                            "label": {"integrity": "trusted", "readers": ["alice"]},
                            "labels": {"/*/body": {"integrity": "untrusted", "readers": ["alice", "bob"]}}},
              "read_page": {"params": ["url"], "effect": false, "requires": {"url": {"readers": ["*"]}},
                            "error": "ERRORTEXT", "label": {"integrity": "untrusted", "readers": ["*"]}},
              "tell_alice": {"params": ["x"], "effect": true, "result": null, "requires": {"x": {"readers": ["alice"]}}},
              "send": {"params": ["x"], "effect": true, "result": null, "requires": {"x": {"readers": ["*"]}}}},
             "asks": [{"question": "is it none?", "data": 0, "answer": true}]}
            """;

    private Worlds() {}

    static WorldFile office(int secret) {
        return world(OFFICE.replace("SECRET", Integer.toString(secret)));
    }

    /** One in which a mail, which alice may read and nobody may trust, says this. */
    static WorldFile mail(String body) {
        return world(OFFICE.replace("SECRET", "1").replace("MAILTEXT", body));
    }

    static WorldFile world(String json) {
        try {
            return WorldFile.parse("world.json", json);
        } catch (WorldException e) {
            throw new AssertionError(e);
        }
    }

    static Plan plan(String source) {
        return ((Parsed.Accepted) PlanParser.parse(source)).plan();
    }

    static String fenced(String plan) {
        return "Here it is:\n```python\n" + plan + "\n```\nThat should do.";
    }

    /** Keeps the effects of runs. */
    static class Effects implements Listener {
        final List<String> all = new ArrayList<>();

        @Override
        public void effect(Position position, Tool tool, SequencedMap<String, Datum> arguments) {
            all.add(tool.name() + arguments);
        }

        @Override
        public void denied(Position position, String tool, String reason) {}

        @Override
        public void printed(String text) {}
    }
}
