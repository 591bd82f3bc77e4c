package telos.simulation;

import java.util.Locale;
import telos.kernel.scheduling.Policy;

/** What can be simulated. */
public enum World {
    /** The entity tree alone, with a server that admits whoever is next. */
    CLOCK,
    /** The batching scheduler with its blocks, and the entity tree as its line. */
    BATCH;

    /** As people call it. */
    String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * One run.
     *
     * @throws InvariantException when something did not hold
     */
    public ClockRun run(long seed, Policy policy) {
        return switch (this) {
            case CLOCK -> new ClockWorld(seed, policy).run();
            case BATCH -> new BatchWorld(seed, policy).run();
        };
    }
}
