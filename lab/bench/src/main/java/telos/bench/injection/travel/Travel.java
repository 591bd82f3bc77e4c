package telos.bench.injection.travel;

import java.util.List;
import java.util.Map;
import telos.bench.injection.Suite;
import telos.bench.injection.Template;

/** The suite of 20 tasks at a travel agency. */
public final class Travel {
    private Travel() {}

    public static Suite<?> suite() {
        return new Suite<>(
                "travel",
                new Template("travel", List.of("travel/environment.yaml")),
                Agency::read,
                TravelTools.all(),
                Agency::label,
                TravelChecks.done(),
                TravelChecks.taken(),
                Map.of());
    }
}
