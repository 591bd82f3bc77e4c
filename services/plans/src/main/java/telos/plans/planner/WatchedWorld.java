package telos.plans.planner;

import java.util.SequencedMap;
import telos.plans.Datum;
import telos.plans.Result;
import telos.plans.Tool;
import telos.plans.World;

/** A world that remembers whether something outside of it may have been changed, by calls that failed as well. */
final class WatchedWorld extends Overlay {
    private boolean changed;

    WatchedWorld(World below) {
        super(below);
    }

    boolean changed() {
        return changed;
    }

    @Override
    public Result call(Tool tool, SequencedMap<String, Datum> arguments) {
        changed |= tool.effect();
        return super.call(tool, arguments);
    }
}
