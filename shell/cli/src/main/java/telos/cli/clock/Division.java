package telos.cli.clock;

import java.util.List;
import telos.cli.wire.Json;

/**
 * How everything is divided at one moment, clock by clock.
 *
 * @param policy of clocks to come
 * @param policies those that the daemon knows
 */
public record Division(String policy, List<String> policies, List<Clock> clocks) {
    public Division {
        policies = List.copyOf(policies);
        clocks = List.copyOf(clocks);
    }

    public static Division of(Json json) {
        List<Entity> all = json.at("entities").items().stream().map(Entity::of).toList();
        return new Division(
                json.at("policy").text("?"),
                json.at("policies").items().stream().map(each -> each.text("?")).toList(),
                json.at("clocks").items().stream()
                        .map(each -> Clock.of(each, all))
                        .toList());
    }

    private List<Entity> entities() {
        return clocks.stream().flatMap(clock -> clock.entities().stream()).toList();
    }

    /** Those that are called so, by their id, by a clock and a path, or by a path in whatever clocks; none if there is nobody. */
    public List<Entity> named(String name) {
        List<Entity> found = entities().stream()
                .filter(each -> each.id().equals(name) || (each.clock() + "/" + each.path()).equals(name))
                .toList();
        return found.isEmpty()
                ? entities().stream().filter(each -> each.path().equals(name)).toList()
                : found;
    }

    /** Paths that look like a name that nobody has. */
    public List<String> near(String name) {
        String last = name.substring(name.lastIndexOf('/') + 1);
        return entities().stream()
                .filter(entity -> !entity.level().equals("request"))
                .map(Entity::path)
                .filter(path -> !last.isEmpty() && path.contains(last))
                .distinct()
                .limit(3)
                .toList();
    }

    /** The unit of a clock's service. */
    public String unit(String clock) {
        return clocks.stream()
                .filter(each -> each.name().equals(clock))
                .map(Clock::unit)
                .findFirst()
                .orElse("");
    }
}
