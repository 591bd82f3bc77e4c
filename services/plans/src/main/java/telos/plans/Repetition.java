package telos.plans;

import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;
import telos.plans.syntax.Position;
import telos.plans.values.IteratorBox;
import telos.plans.values.Iterators;
import telos.plans.values.Outline;
import telos.plans.values.Prospect;
import telos.plans.values.Truths;
import telos.plans.values.Value;

/** {@code for} and {@code while}. */
@SuppressWarnings("ReferenceEquality") // the same object is the quick way; equal ones take the slow one
abstract class Repetition extends Step {
    /** Rounds after which less is known of what still grows. */
    private static final int PATIENCE = 2;

    /** Steps of a walk that following a loop turn by turn may take. */
    private static final long MOST_FOLLOWED = 1 << 15;

    /** Rounds after which one that nothing stops is given up. */
    private static final int MOST_ROUNDS = 200;

    /** Turns that are walked one by one where what decides about them is known. */
    private static final int MOST_UNROLLED = 100;

    private final Block body;
    private final @Nullable Block otherwise;

    Repetition(Position position, Block body, @Nullable Block otherwise) {
        super(position);
        this.body = body;
        this.otherwise = otherwise;
    }

    Block body() {
        return body;
    }

    /** Runs one turn; NEXT where the loop goes on. */
    final int turn(Frame frame, Scope turn) {
        int signal = body.run(frame);
        Machine machine = frame.machine;
        if (turn.settlement != null || turn.extra != Label.BOTTOM) {
            machine.turned(turn);
        }
        return signal == CONTINUE ? NEXT : signal;
    }

    /** Runs what stands behind the loop. */
    final int ended(Frame frame, Scope loop, Scope turn, int signal) {
        Machine machine = frame.machine;
        machine.leave(turn);
        loop.guarded = false;
        if (signal == NEXT && otherwise != null) {
            int last = otherwise.run(frame);
            machine.leave(loop);
            return last;
        }
        machine.leave(loop);
        return signal == BREAK ? NEXT : signal;
    }

    /** What decides about the next turn, and what binds its variables. */
    abstract @Nullable Label walkHead(Walk walk);

    /** How many turns there can be, as far as is known where it stands. */
    abstract long most(Walk walk);

    abstract LabelRule unbounded();

    @Override
    void walk(Walk walk) {
        Walk.Exit loop = walk.enter(Scope.Kind.LOOP, this);
        Label before = walk.pc;
        if (walk.resuming()) {
            Walk.Exit turn = walk.enter(Scope.Kind.TURN, this);
            body.walk(walk);
            walk.leave(turn);
            walk.state = walk.merge(walk.state, turn.continued);
            if (walk.resuming()) {
                // It stands behind the loop, in what runs when the loop was not left.
                loop.guarded = false;
                if (otherwise != null) {
                    otherwise.walk(walk);
                }
                walk.leave(loop);
                walk.state = walk.merge(walk.state, loop.broken);
                walk.restore(before);
                return;
            }
        } else {
            begin(walk);
        }
        if (walk.live()) {
            rounds(walk, before, false);
        }
        loop.guarded = false;
        if (walk.live() && otherwise != null) {
            otherwise.walk(walk);
        }
        walk.leave(loop);
        walk.state = walk.merge(walk.state, loop.broken);
        end(walk);
        walk.restore(before);
    }

    /** From the head of the loop, where the real run stands. */
    final void walkFromHead(Walk walk) {
        Label before = walk.pc;
        Walk.Exit loop = walk.enter(Scope.Kind.LOOP, this);
        rounds(walk, before, true);
        loop.guarded = false;
        if (walk.live() && otherwise != null) {
            otherwise.walk(walk);
        }
        walk.leave(loop);
        walk.state = walk.merge(walk.state, loop.broken);
        end(walk);
        walk.restore(before);
    }

    void begin(Walk walk) {}

    /** It is behind the loop, whichever way it came there. */
    void end(Walk walk) {}

    /**
     * Turns the loop until nothing new comes to its head. What goes on growing is followed turn by turn where everybody may know
     * how many turns there can be, and is then known as well as after that many; where nothing bounds them, or that takes too
     * long, less is known of it until it stops.
     */
    private void rounds(Walk walk, Label before, boolean midst) {
        State head = walk.fork();
        long most = most(walk);
        long begun = walk.walked();
        State out = null;
        int unrolled = 0;
        int unbounded = 0;
        int charges = walk.charges();
        for (int round = 0; ; round++) {
            walk.uncharge(charges);
            long steps = walk.steps();
            long bytes = walk.bytes();
            Label progress = walk.progress();
            Label extra = walk.extra();
            int version = walk.version();
            walk.state = head.copy();
            Label control = walkHead(walk);
            boolean sure = !midst && walk.turnsSurely();
            out = walk.state;
            if (midst) {
                // The head may have been evaluated already.
                out = walk.merge(head, out);
            }
            if (control == null && !midst) {
                // It surely ends here.
                break;
            }
            if (control == null) {
                control = Label.BOTTOM;
            }
            walk.pc = walk.pc.join(control);
            Walk.Exit turn = walk.enter(Scope.Kind.TURN, this);
            walk.state = java.util.Objects.requireNonNull(out).copy();
            bind(walk);
            body.walk(walk);
            walk.leave(turn);
            State back = walk.merge(walk.state, turn.continued);
            if (sure && back != null && unrolled < MOST_UNROLLED) {
                // What decides is public and known: the next turn begins where this one ended.
                walk.restore(before);
                head = back;
                unrolled++;
                charges = walk.charges();
                round = -1;
                continue;
            }
            if (back == null && sure) {
                walk.restore(before);
                out = null;
                break;
            }
            walk.repeated(steps, bytes, most);
            walk.restore(before.join(control));
            if (most == Outline.UNBOUNDED) {
                walk.unbounded(control, unbounded());
            }
            State grown = head.copy();
            boolean news = back != null && walk.growth().join(grown, back);
            boolean moved = walk.progress() != progress || walk.extra() != extra;
            if (!news && !moved && walk.version() == version) {
                break;
            }
            walk.state = grown.copy();
            if (most(walk) > most) {
                // It turns as often as its turns make it turn.
                most = Outline.UNBOUNDED;
            }
            long each = (walk.walked() - begun) / (round + 1);
            boolean bounded = most != Outline.UNBOUNDED && Machine.times(most, each) <= MOST_FOLLOWED;
            if (bounded && !moved && round + 1 >= most) {
                walkHead(walk);
                out = midst ? walk.merge(grown, walk.state) : walk.state;
                break;
            }
            walk.uncost(steps, bytes);
            if (news && round >= PATIENCE && !bounded) {
                if (walk.growth().unbind(head, grown)) {
                    continue;
                }
                walk.growth().widen(grown, head);
            }
            if (!bounded && ++unbounded > MOST_ROUNDS) {
                walk.giveUp();
            }
            head = grown;
        }
        walk.state = out;
    }

    abstract void bind(Walk walk);

    static final class For extends Repetition {
        private final Target target;
        private final Expr iterable;
        /** Where what is iterated over is kept meanwhile. */
        private final int hidden;

        private final Precedent.@Nullable Kept kept;

        For(Position position, Target target, Expr iterable, int hidden, Block body, @Nullable Block otherwise) {
            super(position, body, otherwise);
            this.target = target;
            this.iterable = iterable;
            this.hidden = hidden;
            boolean looks = target.looks() && body.looks() && (otherwise == null || otherwise.looks());
            this.kept = looks ? new Precedent.Kept() : null;
        }

        @Override
        int run(Frame frame) {
            Machine machine = frame.machine;
            Value over = iterable.run(frame);
            machine.foresee(over);
            IteratorBox iterator = Callables.iterator(frame, over);
            frame.slots[hidden] = over;
            frame.hollow(hidden, null);
            Label control = over.label().join(iterator.control());
            Machine.Region region = null;
            if (!machine.open(control) && machine.rules.hold(LabelRule.LOOP_REGION)) {
                region = kept == null
                        ? machine.open(frame, control, true, this::walkFromHead)
                        : machine.open(frame, control, kept, this::walkFromHead);
            }
            Scope loop = machine.enter(Scope.Kind.LOOP, frame, this);
            Scope turn = machine.enter(Scope.Kind.TURN, frame, this);
            int signal = NEXT;
            while (signal == NEXT) {
                machine.step();
                frame.at = this;
                decided(machine, loop, frame, iterator);
                Value element = iterator.next(machine);
                decided(machine, loop, frame, iterator);
                if (element == null) {
                    break;
                }
                target.store(frame, element);
                signal = turn(frame, turn);
            }
            frame.at = this;
            decided(machine, loop, frame, iterator);
            frame.slots[hidden] = null;
            int last = ended(frame, loop, turn, signal);
            if (region != null) {
                machine.close(region);
            }
            return last;
        }

        /** Whether there is another element, and what taking it may raise, is decided by what not everybody may know. */
        private void decided(Machine machine, Scope loop, Frame frame, IteratorBox iterator) {
            Label now = iterator.control();
            if (now != Label.BOTTOM && !machine.open(now) && machine.rules.hold(LabelRule.LOOP_REGION)) {
                machine.lasting(loop, this, frame, now);
            }
        }

        @Override
        void begin(Walk walk) {
            Shadow over = iterable.walk(walk);
            Prospect prospect = Iterators.outline(walk.outline(over));
            walk.fails(Failures.of(prospect.errors()), over.label());
            walk.write(walk.frame, hidden, over);
        }

        @Override
        void end(Walk walk) {
            if (walk.live()) {
                walk.write(walk.frame, hidden, Shadow.UNBOUND);
            }
        }

        private Shadow over(Walk walk) {
            return walk.read(walk.frame, hidden);
        }

        @Override
        Label walkHead(Walk walk) {
            walk.turnsSurely(false);
            return walk.control(over(walk));
        }

        @Override
        long most(Walk walk) {
            return walk.most(over(walk));
        }

        @Override
        LabelRule unbounded() {
            return LabelRule.PROGRESS_UNBOUNDED_LOOP;
        }

        @Override
        void bind(Walk walk) {
            Shadow over = over(walk);
            target.walk(walk, walk.next(over, this));
        }
    }

    static final class While extends Repetition {
        private final Expr condition;

        While(Position position, Expr condition, Block body, @Nullable Block otherwise) {
            super(position, body, otherwise);
            this.condition = condition;
        }

        @Override
        int run(Frame frame) {
            Machine machine = frame.machine;
            Scope loop = machine.enter(Scope.Kind.LOOP, frame, this);
            Scope turn = machine.enter(Scope.Kind.TURN, frame, this);
            int signal = NEXT;
            while (signal == NEXT) {
                machine.step();
                frame.at = this;
                Value decision = condition.run(frame);
                Label label = Callables.truthLabel(decision);
                if (label != Label.BOTTOM && !machine.open(label) && machine.rules.hold(LabelRule.WHILE_REGION)) {
                    machine.lasting(loop, this, frame, label);
                }
                if (!Truths.holds(decision.payload())) {
                    break;
                }
                signal = turn(frame, turn);
            }
            return ended(frame, loop, turn, signal);
        }

        @Override
        @Nullable
        Label walkHead(Walk walk) {
            Shadow decision = condition.walk(walk);
            Boolean known = walk.truth(decision);
            walk.turnsSurely(known != null && known);
            return known != null && !known ? null : walk.shape(decision);
        }

        @Override
        long most(Walk walk) {
            return Outline.UNBOUNDED;
        }

        @Override
        LabelRule unbounded() {
            return LabelRule.PROGRESS_UNBOUNDED_LOOP;
        }

        @Override
        void bind(Walk walk) {}
    }
}
