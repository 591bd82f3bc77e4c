package telos.cli.clock;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import telos.cli.wire.Json;

/**
 * A daemon's trace as a file: events in the form that Perfetto and chrome://tracing open ("Trace Event Format", Google, 2016),
 * with time from the first of them, and with counters that follow what the iterations say of themselves.
 */
public final class Trace {
    private static final List<String> FOLLOWED = List.of("prompt_tokens", "decodes", "waiting");

    private final List<Json> events;
    private final double origin;

    private Trace(List<Json> events) {
        this.events = events;
        this.origin = events.stream()
                .filter(each -> !names(each))
                .mapToDouble(Trace::at)
                .min()
                .orElse(0);
    }

    /** Everything that the daemon sent. */
    public static Trace of(Json answer) {
        return new Trace(answer.at("traceEvents").items());
    }

    /** What began after the last of what an earlier trace has. */
    public Trace after(Trace earlier) {
        double end = earlier.events.stream()
                .filter(each -> !names(each))
                .mapToDouble(Trace::at)
                .max()
                .orElse(Double.NEGATIVE_INFINITY);
        return new Trace(
                events.stream().filter(each -> names(each) || at(each) > end).toList());
    }

    /** How many spans and moments it has. */
    public long size() {
        return events.stream().filter(each -> !names(each)).count();
    }

    public void write(Writer out) throws IOException {
        out.write("{\"displayTimeUnit\":\"ms\",\"traceEvents\":[");
        String before = "\n";
        for (Json event : events) {
            for (Json each : written(event)) {
                out.write(before);
                out.write(each.toString());
                before = ",\n";
            }
        }
        out.write("\n]}\n");
    }

    /** The event itself, and the counters that it changes. */
    private List<Json> written(Json event) {
        if (names(event)) {
            return List.of(event);
        }
        List<Json> written = new ArrayList<>();
        Map<String, @Nullable Object> moved = new LinkedHashMap<>(event.members());
        moved.put("ts", at(event) - origin);
        written.add(Json.of(moved));
        for (String figure : FOLLOWED) {
            Json value = event.at("args").at(figure);
            if (value.present()) {
                written.add(Json.object(
                        "name",
                        figure.replace('_', ' '),
                        "ph",
                        "C",
                        "ts",
                        at(event) - origin,
                        "pid",
                        event.at("pid").number(0),
                        "tid",
                        0,
                        "args",
                        Json.object("value", value)));
            }
        }
        return written;
    }

    /** Whether an event only gives a row its name. */
    private static boolean names(Json event) {
        return event.at("ph").text("").equals("M");
    }

    private static double at(Json event) {
        return event.at("ts").decimal(0);
    }
}
