package telos.plans;

import java.util.List;

/** Statements one after another. */
final class Block {
    final Step[] steps;

    Block(List<Step> steps) {
        this.steps = steps.toArray(Step[]::new);
    }

    int run(Frame frame) {
        Machine machine = frame.machine;
        for (Step step : steps) {
            frame.at = step;
            machine.step();
            int signal = step.run(frame);
            if (signal != Step.NEXT) {
                return signal;
            }
        }
        return Step.NEXT;
    }

    boolean looks() {
        for (Step step : steps) {
            if (!step.looks()) {
                return false;
            }
        }
        return true;
    }

    void walk(Walk walk) {
        for (Step step : steps) {
            if (walk.resumesAt(step)) {
                walk.resume();
            } else if (walk.live() || walk.resuming()) {
                walk.step(step);
            }
        }
    }
}
