package telos.bench.injection.office;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import telos.bench.injection.Row;
import tools.jackson.databind.JsonNode;

/** An appointment; times are {@code YYYY-MM-DD HH:MM}. */
public record Event(
        String id,
        String title,
        String description,
        String start,
        String end,
        Optional<String> location,
        List<String> participants,
        boolean allDay,
        String status)
        implements Row {
    private static final int MINUTES = 16;

    public Event {
        participants = List.copyOf(participants);
    }

    static Event of(JsonNode node) {
        return new Event(
                node.path("id_").asString(),
                node.path("title").asString(),
                node.path("description").asString(""),
                time(node.path("start_time").asString()),
                time(node.path("end_time").asString()),
                node.path("location").isNull()
                        ? Optional.empty()
                        : Optional.of(node.path("location").asString()),
                Email.texts(node.path("participants")),
                node.path("all_day").asBoolean(),
                node.path("status").asString());
    }

    /** A time as ISO or with a space, without its seconds. */
    static String time(String text) {
        String plain = text.strip().replace('T', ' ');
        return plain.length() > MINUTES ? plain.substring(0, MINUTES) : plain;
    }

    boolean on(String day) {
        return start.substring(0, 10).compareTo(day) <= 0
                && end.substring(0, 10).compareTo(day) >= 0;
    }

    @Override
    public SequencedMap<String, Object> fields() {
        return Row.of(
                "id", id,
                "title", title,
                "description", description,
                "start_time", start,
                "end_time", end,
                "location", location,
                "participants", participants,
                "all_day", allDay,
                "status", status);
    }
}
