package telos.simulation;

import java.util.List;
import telos.kernel.scheduling.Policy;

/**
 * How long a decision takes: whom to serve next, its dispatch, the charge and its return to the line, or its going idle
 * while another wakes. In processor time of the thread that decides, so that it does not matter what else runs on the
 * machine.
 *
 * @param entities in the tree
 * @param reserved decisions for one with a reservation, as part of all
 * @param microseconds of one decision: the median over many rounds, warmed
 * @param worst of the rounds, in microseconds for a decision
 */
public record DecisionTime(Policy policy, int entities, double reserved, double microseconds, double worst) {
    private static final int WARM = 400;
    private static final int TURNS = 21;
    private static final int ROUNDS_A_TURN = 5;

    /**
     * Measures the policies in turn, so that a slow spell of the machine falls on all of them.
     *
     * @param entities in the tree of each
     */
    public static List<DecisionTime> measure(List<Policy> policies, int entities) {
        List<DecisionTrial> trials = policies.stream()
                .map(policy -> new DecisionTrial(policy, entities))
                .toList();
        trials.forEach(trial -> trial.warm(WARM));
        for (int turn = 0; turn < TURNS; turn++) {
            trials.forEach(trial -> trial.rounds(ROUNDS_A_TURN));
        }
        return trials.stream().map(DecisionTrial::time).toList();
    }
}
