package telos.bench.injection.travel;

import java.util.List;
import java.util.SequencedMap;
import telos.bench.injection.Json;
import telos.plans.Datum;
import tools.jackson.databind.JsonNode;

/**
 * A hotel, a restaurant or a car rental.
 *
 * @param facts what the directory says of it, by the name of each fact
 */
record Place(String name, String city, SequencedMap<String, Datum> facts) {
    static List<Place> all(JsonNode list) {
        return list.valueStream()
                .map(node -> new Place(
                        node.path("name").asString(), node.path("city").asString(), Json.fields(node)))
                .toList();
    }

    Datum fact(String fact) {
        Datum value = facts.get(fact);
        if (value == null) {
            throw new IllegalStateException(name + " has no " + fact);
        }
        return value;
    }
}
