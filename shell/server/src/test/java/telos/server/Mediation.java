package telos.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import telos.server.monitor.Audit;
import telos.server.monitor.Mediator;
import telos.server.monitor.Rules;
import telos.tools.Catalogue;

/** Mediators for tests, whose audit is a list. */
public final class Mediation {
    private Mediation() {}

    /** Under the policy for the built-in tools, with nobody to ask. */
    public static Mediator usual() {
        return by(Rules.shipped(Rules.USUAL, DaemonRules.tools(Catalogue.specs())), noted(), Duration.ZERO);
    }

    public static Mediator by(Rules.Read read, Audit audit, Duration patience) {
        return switch (read) {
            case Rules.Read.Accepted(Rules rules) -> new Mediator(rules, audit, System::currentTimeMillis, patience);
            case Rules.Read.Refused(String why) -> throw new IllegalArgumentException(why);
        };
    }

    /** Keeps its records in memory. */
    public static final class Noted implements Audit {
        private final List<String> records = Collections.synchronizedList(new ArrayList<>());

        @Override
        public long append(String json) {
            records.add(json);
            return records.size();
        }

        public List<String> records() {
            return List.copyOf(records);
        }
    }

    public static Noted noted() {
        return new Noted();
    }
}
