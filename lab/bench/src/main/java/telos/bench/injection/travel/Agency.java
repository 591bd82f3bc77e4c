package telos.bench.injection.travel;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import telos.bench.injection.Json;
import telos.bench.injection.Labels;
import telos.bench.injection.Row;
import telos.bench.injection.office.Desk;
import telos.bench.injection.office.HasDesk;
import telos.kernel.security.Label;
import telos.plans.Datum;
import tools.jackson.databind.node.ObjectNode;

/** The directory of a travel agency, what is booked, and the user's desk. */
record Agency(
        List<Place> hotels,
        List<Place> restaurants,
        List<Place> cars,
        List<SequencedMap<String, Datum>> flights,
        SequencedMap<String, Datum> user,
        List<Reservation> reservations,
        Desk desk)
        implements HasDesk {
    static Agency read(ObjectNode root) {
        var file = (ObjectNode) root.path("environment");
        return new Agency(
                Place.all(file.path("hotels").path("hotel_list")),
                Place.all(file.path("restaurants").path("restaurant_list")),
                Place.all(file.path("car_rental").path("company_list")),
                file.path("flights")
                        .path("flight_list")
                        .valueStream()
                        .map(Json::fields)
                        .toList(),
                Json.fields(file.path("user")),
                new ArrayList<>(),
                Desk.read(file));
    }

    @Override
    public SequencedMap<String, Object> parts() {
        SequencedMap<String, Object> parts = desk.parts();
        parts.put("reservations", List.copyOf(reservations));
        return parts;
    }

    /** The directory's facts are public; reviews are anybody's; the user's papers are the user's. */
    Label label(Row row, String field) {
        if (row instanceof Ratings) {
            return field.equals("reviews") ? Labels.open() : Labels.facts();
        }
        if (!(row instanceof Facts facts)) {
            return desk.label(row, field);
        }
        return switch (facts.kind()) {
            case USER -> Labels.trusted(Set.of(Labels.USER));
            case DIRECTORY -> Labels.facts();
        };
    }
}
