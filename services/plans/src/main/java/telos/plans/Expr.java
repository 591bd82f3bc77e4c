package telos.plans;

import telos.plans.syntax.Position;
import telos.plans.values.Value;

/** An expression, compiled: what it comes to, and what it could come to in any world that is equal for who may not see. */
abstract class Expr {
    final Position position;

    Expr(Position position) {
        this.position = position;
    }

    abstract Value run(Frame frame);

    /** The same as far as it is public. */
    abstract Shadow walk(Walk walk);

    /** Whether it does nothing but look: it changes no variable and no object, calls nothing of the plan or of the world. */
    boolean pure() {
        return false;
    }

    /**
     * Whether a walk of it is told from nothing but variables and what they mean, changes nothing else that was there before,
     * and comes out nowhere but at its end.
     */
    boolean looks() {
        return false;
    }
}
