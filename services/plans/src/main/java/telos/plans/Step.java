package telos.plans;

import telos.plans.syntax.Position;

/** A statement, compiled. */
abstract class Step {
    /** How a statement ended: a small number, for speed. */
    static final int NEXT = 0;

    static final int BREAK = 1;
    static final int CONTINUE = 2;
    static final int RETURN = 3;

    final Position position;

    Step(Position position) {
        this.position = position;
    }

    abstract int run(Frame frame);

    /** The same as of an expression, of one that may also bind variables. */
    boolean looks() {
        return false;
    }

    /** Takes the walk's state through it; a walk that resumes inside it starts there. */
    abstract void walk(Walk walk);
}
