package telos.cli.clock;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import telos.cli.wire.Json;

/**
 * Whatever is divided by one tree of entities: the tokens of a model, or CPU time.
 *
 * @param unit of service
 * @param entities each after the one above it, and all below one before its next sibling
 */
public record Clock(String name, String unit, String policy, List<Entity> entities) {
    public Clock {
        entities = List.copyOf(entities);
    }

    /** Whether programs share CPUs in it. */
    public boolean ofPrograms() {
        return unit.equals("seconds");
    }

    static Clock of(Json json, List<Entity> all) {
        String name = json.at("name").text("?");
        Map<String, List<Entity>> below = new HashMap<>();
        for (Entity each : all) {
            if (each.clock().equals(name)) {
                below.computeIfAbsent(each.above(), _ -> new ArrayList<>()).add(each);
            }
        }
        List<Entity> entities = new ArrayList<>();
        walk(below, "", entities);
        return new Clock(name, json.at("unit").text(""), json.at("policy").text("?"), entities);
    }

    private static void walk(Map<String, List<Entity>> below, String above, List<Entity> found) {
        List<Entity> children = below.remove(above); // taken out, so that whoever shares a path comes once
        if (children != null) {
            for (Entity each : children) {
                found.add(each);
                walk(below, each.path(), found);
            }
        }
    }
}
