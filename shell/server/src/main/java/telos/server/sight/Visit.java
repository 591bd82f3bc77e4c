package telos.server.sight;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** One request as the ledger keeps it. Models that work for it may do so on several threads. */
public final class Visit {
    private final String id;
    private final String method;
    private final long started;
    private final Optional<TraceParent> parent;
    private final List<String> finishes = new ArrayList<>();
    private String route = "";
    private String tenant = "";
    private String model = "";
    private int turns;
    private long prompt;
    private long cached;
    private long completion;
    private long toFirst = -1;
    private String asked = "";
    private String answered = "";

    Visit(String id, String method, long started, Optional<TraceParent> parent) {
        this.id = id;
        this.method = method;
        this.started = started;
        this.parent = parent;
    }

    /** Found to be for this route; to be called with the route's pattern, never with what the client wrote. */
    public synchronized void route(String pattern) {
        route = pattern;
    }

    public synchronized void tenant(String name) {
        tenant = name;
    }

    String id() {
        return id;
    }

    String method() {
        return method;
    }

    long started() {
        return started;
    }

    Optional<TraceParent> parent() {
        return parent;
    }

    synchronized void first(long nanos) {
        toFirst = toFirst < 0 ? nanos : Math.min(toFirst, nanos);
    }

    synchronized void turn(String ofModel, String finish) {
        turns++;
        model = ofModel;
        if (!finishes.contains(finish)) {
            finishes.add(finish);
        }
    }

    synchronized void used(long promptTokens, long cachedTokens, long completionTokens) {
        prompt += promptTokens;
        cached += cachedTokens;
        completion += completionTokens;
    }

    synchronized void words(String newAsked, String newAnswered) {
        asked = newAsked;
        answered = newAnswered;
    }

    /** The line of the access log, without the moment it was written. */
    synchronized void describe(ObjectNode line, int status, long nanos) {
        line.put("id", id).put("tenant", tenant).put("method", method).put("route", route);
        line.put("status", status).put("ms", millis(nanos));
        if (turns > 0) {
            line.put("model", model)
                    .put("turns", turns)
                    .put("prompt_tokens", prompt)
                    .put("cached_tokens", cached)
                    .put("completion_tokens", completion)
                    .put("finish", String.join(",", finishes));
            if (toFirst >= 0) {
                line.put("first_token_ms", millis(toFirst));
            }
        }
        if (!asked.isEmpty()) {
            line.put("prompt", asked).put("answer", answered);
        }
    }

    private static double millis(long nanos) {
        return Math.round(nanos / 1e4) / 1e2;
    }
}
