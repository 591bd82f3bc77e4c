package telos.plans.planner;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import telos.plans.Manual;
import telos.plans.Overlay;
import telos.plans.Tool;
import telos.plans.World;

/**
 * A world without the tools of servers that nobody has pinned: their names and parameters are untrusted text as well, so a
 * planner is not told that they are there. What the world's owner wrote counts as pinned.
 */
public final class PinnedWorld extends Overlay {
    private final SequencedMap<String, Tool> tools = new LinkedHashMap<>();
    private final Map<String, Manual> manuals = new LinkedHashMap<>();
    private final List<String> withheld = new ArrayList<>();

    public PinnedWorld(World below, Pins pins) {
        super(below);
        below.tools().forEach((name, tool) -> {
            Manual manual = below.manuals().getOrDefault(name, Manual.NONE);
            boolean pinned = manual.definition().isEmpty()
                    || pins.standing(manual.definition().get()) instanceof Pins.Standing.Pinned;
            if (pinned) {
                tools.put(name, tool);
                manuals.put(name, manual);
            } else {
                withheld.add(name);
            }
        });
    }

    /** The tools that it lacks. */
    public List<String> withheld() {
        return List.copyOf(withheld);
    }

    @Override
    public SequencedMap<String, Tool> tools() {
        return Collections.unmodifiableSequencedMap(tools);
    }

    @Override
    public Map<String, Manual> manuals() {
        return Collections.unmodifiableMap(manuals);
    }
}
