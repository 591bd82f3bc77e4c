package telos.plans;

import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;

/** Something that is being run and that control can leave early: a call, a loop, one turn of a loop, a try statement. */
final class Scope {
    enum Kind {
        CALL,
        LOOP,
        TURN,
        TRY
    }

    final Kind kind;
    final Frame frame;
    /** The {@link Code} of a call, the loop of LOOP and TURN, the statement of TRY. */
    final Object construct;
    /** What decided that it was entered. */
    final Label entry;
    /** The stay of the run in which it was entered. */
    final int stay;
    /** What decided, within it, how far it is run. */
    Label extra = Label.BOTTOM;

    @Nullable
    Settlement settlement;
    /** Of a TRY: whether its body is being run, and not a handler or what follows. */
    boolean guarded = true;

    Scope(Kind kind, Frame frame, Object construct, Label entry, int stay) {
        this.kind = kind;
        this.frame = frame;
        this.construct = construct;
        this.entry = entry;
        this.stay = stay;
    }
}
