package telos.bench.injection.office;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import telos.bench.injection.Arguments;
import telos.bench.injection.Deed;
import telos.bench.injection.Labels;
import telos.bench.injection.Refusal;
import telos.bench.injection.Words;

/** What the agent can do with a calendar. */
public final class CalendarTools {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private CalendarTools() {}

    public static <E extends HasDesk> Deed<E> today() {
        return Deed.read(
                "get_current_day", "", Labels.facts(), (e, _) -> e.desk().today());
    }

    /** Those that both suites have. */
    public static <E extends HasDesk> List<Deed<E>> shared() {
        return List.of(
                Deed.effect(
                        "create_calendar_event",
                        "title start_time end_time description=\"\" participants=null location=null",
                        (e, given) -> create(e.desk(), given)),
                Deed.read("search_calendar_events", "query date=null", Labels.rows(), (e, given) -> {
                    String query = given.text("query");
                    Optional<String> date = given.optionalText("date");
                    return e.desk()
                            .events()
                            .where(event -> (Words.hold(event.title(), query) || Words.hold(event.description(), query))
                                    && date.map(event::on).orElse(true));
                }),
                Deed.read("get_day_calendar_events", "day", Labels.rows(), (e, given) -> {
                    String day = given.text("day");
                    return e.desk().events().where(event -> event.on(day));
                }),
                Deed.effect("cancel_calendar_event", "event_id", (e, given) -> {
                    Event event = event(e.desk(), given);
                    e.desk()
                            .events()
                            .change(event, old -> with(old, old.start(), old.end(), old.participants(), "canceled"));
                    return "canceled";
                }));
    }

    /** Those that only one suite has. */
    public static <E extends HasDesk> List<Deed<E>> changes() {
        return List.of(
                Deed.effect("reschedule_calendar_event", "event_id new_start_time new_end_time=null", (e, given) -> {
                    Event event = event(e.desk(), given);
                    String start = Event.time(given.text("new_start_time"));
                    Optional<String> end = given.optionalText("new_end_time").map(Event::time);
                    String until = end.isPresent() ? end.get() : later(start, event);
                    e.desk().events().change(event, old -> with(old, start, until, old.participants(), old.status()));
                    return "moved";
                }),
                Deed.effect("add_calendar_event_participants", "event_id participants", (e, given) -> {
                    Event event = event(e.desk(), given);
                    Set<String> all = new LinkedHashSet<>(event.participants());
                    all.addAll(given.texts("participants"));
                    e.desk()
                            .events()
                            .change(
                                    event,
                                    old -> with(old, old.start(), old.end(), new ArrayList<>(all), old.status()));
                    return "invited";
                }));
    }

    private static String create(Desk desk, Arguments given) throws Refusal {
        Set<String> participants = new LinkedHashSet<>(List.of(desk.owner()));
        participants.addAll(given.texts("participants"));
        Event event = desk.events()
                .add(new Event(
                        Desk.nextId(desk.events().all().stream().map(Event::id)),
                        given.text("title"),
                        given.text("description"),
                        Event.time(given.text("start_time")),
                        Event.time(given.text("end_time")),
                        given.optionalText("location"),
                        new ArrayList<>(participants),
                        false,
                        "confirmed"));
        return event.id();
    }

    private static Event event(Desk desk, Arguments given) throws Refusal {
        String id = given.text("event_id");
        return desk.events()
                .first(event -> event.id().equals(id))
                .orElseThrow(() -> new Refusal("there is no appointment " + id));
    }

    private static Event with(Event old, String start, String end, List<String> participants, String status) {
        return new Event(
                old.id(),
                old.title(),
                old.description(),
                start,
                end,
                old.location(),
                participants,
                old.allDay(),
                status);
    }

    /** The end of an appointment that starts anew and takes as long. */
    private static String later(String start, Event event) throws Refusal {
        try {
            Duration length =
                    Duration.between(LocalDateTime.parse(event.start(), TIME), LocalDateTime.parse(event.end(), TIME));
            return LocalDateTime.parse(start, TIME).plus(length).format(TIME);
        } catch (DateTimeException e) {
            throw new Refusal("the new start is no time like 2024-05-15 10:00");
        }
    }
}
