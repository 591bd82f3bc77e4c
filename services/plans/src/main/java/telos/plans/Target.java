package telos.plans;

import telos.plans.values.Value;

/** What a value is bound to. */
abstract class Target {
    abstract void store(Frame frame, Value value);

    abstract void walk(Walk walk, Shadow value);

    /** Whether a walk of it is told from nothing but variables and what they mean. */
    boolean looks() {
        return false;
    }

    /** Takes away what is bound there. */
    void delete(Frame frame) {
        throw new IllegalStateException("nothing to delete");
    }

    void walkDelete(Walk walk) {
        throw new IllegalStateException("nothing to delete");
    }
}
