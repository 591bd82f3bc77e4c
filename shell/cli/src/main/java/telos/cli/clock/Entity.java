package telos.cli.clock;

import telos.cli.wire.Json;

/**
 * Somebody who wants service, as the daemon sees it.
 *
 * @param id by which the daemon knows it, in whatever clock
 * @param clock whose service it wants
 * @param path names from the tenant down, joined by slashes
 * @param depth how many are above it
 * @param deadline what is reserved for it, in words; empty if nothing is
 * @param asked its part of all service by weight, of those that want service now
 * @param got its part of the service of the last seconds
 * @param lag service that it is behind, in the clock's unit; negative: ahead
 * @param waitedSeconds how long it has been waiting
 */
public record Entity(
        String id,
        String clock,
        String path,
        int depth,
        String level,
        String name,
        long weight,
        long priority,
        String deadline,
        String phase,
        long waiting,
        long running,
        double asked,
        double got,
        double lag,
        double attained,
        double waitedSeconds,
        double longestWaitSeconds,
        long preemptions) {

    static Entity of(Json json) {
        String clock = json.at("clock").text("?");
        String full = json.at("path").text("?");
        String path = full.startsWith(clock + "/") ? full.substring(clock.length() + 1) : full;
        String level = json.at("level").text("?");
        String name = json.at("name").text("?");
        String rest = path.endsWith(name) ? path.substring(0, path.length() - name.length()) : path;
        return new Entity(
                json.at("id").text("?"),
                clock,
                path,
                (int) rest.chars().filter(c -> c == '/').count(),
                level,
                name,
                json.at("weight").number(0),
                json.at("priority").number(0),
                deadline(json.at("deadline")),
                switch (json.at("phase").text("?")) {
                    case "ready" -> "waiting";
                    case "served" -> "running";
                    case String other -> other;
                },
                json.at("waiting").number(0),
                json.at("running").number(0),
                json.at("asked").decimal(0),
                json.at("got").decimal(0),
                json.at("lag").decimal(0),
                json.at("attained").decimal(0),
                json.at("waited_seconds").decimal(0),
                json.at("longest_wait_seconds").decimal(0),
                json.at("preemptions").number(0));
    }

    private static String deadline(Json deadline) {
        return deadline.present()
                ? Figures.large(deadline.at("budget").decimal(0)) + "/"
                        + Figures.span(deadline.at("period_ms").decimal(0) / 1000)
                : "";
    }

    /** Where it comes from above; empty if nobody is. */
    String above() {
        return path.length() > name.length() + 1 && path.endsWith("/" + name)
                ? path.substring(0, path.length() - name.length() - 1)
                : "";
    }

    /** Whether it wants service, or got some lately. */
    public boolean isActive() {
        return waiting > 0 || running > 0 || got >= 0.0005;
    }
}
