package telos.plans;

import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;
import telos.plans.syntax.Position;
import telos.plans.values.Truths;
import telos.plans.values.Value;

/** {@code if}, and the statements that only jump. */
@SuppressWarnings("ReferenceEquality") // the same object is the quick way; equal ones take the slow one
final class Branches {
    private Branches() {}

    static final class If extends Step {
        private final Expr condition;
        private final Block then;
        private final @Nullable Block otherwise;
        private final Precedent.@Nullable Kept kept;

        If(Position position, Expr condition, Block then, @Nullable Block otherwise) {
            super(position);
            this.condition = condition;
            this.then = then;
            this.otherwise = otherwise;
            this.kept = then.looks() && (otherwise == null || otherwise.looks()) ? new Precedent.Kept() : null;
        }

        @Override
        boolean looks() {
            return condition.looks() && kept != null;
        }

        @Override
        int run(Frame frame) {
            Value decision = condition.run(frame);
            boolean holds = Truths.holds(decision.payload());
            Label label = Callables.truthLabel(decision);
            Machine machine = frame.machine;
            if (label == Label.BOTTOM || machine.open(label) || !machine.rules.hold(LabelRule.BRANCH_REGION)) {
                return taken(frame, holds);
            }
            Machine.Region region = kept == null
                    ? machine.open(frame, label, true, walk -> ways(walk, label))
                    : machine.open(frame, label, kept, walk -> ways(walk, label));
            int signal = taken(frame, holds);
            machine.close(region);
            return signal;
        }

        private int taken(Frame frame, boolean holds) {
            Block block = holds ? then : otherwise;
            return block == null ? NEXT : block.run(frame);
        }

        private void ways(Walk walk, Label label) {
            Label before = walk.pc;
            walk.pc = before.join(label);
            State start = walk.state == null ? null : walk.fork();
            then.walk(walk);
            State one = walk.state;
            walk.state = start;
            if (otherwise != null) {
                walk.pc = walk.pc.join(before).join(label);
                otherwise.walk(walk);
            }
            walk.state = walk.merge(one, walk.state);
            walk.restore(before);
        }

        @Override
        void walk(Walk walk) {
            if (walk.resuming()) {
                ways(walk, Label.BOTTOM);
                return;
            }
            State before = walk.isWeak() ? walk.fork() : null;
            Shadow decision = condition.walk(walk);
            if (before != null) {
                walk.state = walk.merge(before, walk.state);
            }
            Boolean known = walk.isWeak() ? null : walk.truth(decision);
            if (known == null) {
                ways(walk, walk.shape(decision));
            } else if (known) {
                then.walk(walk);
            } else if (otherwise != null) {
                otherwise.walk(walk);
            }
        }
    }

    static final class Jump extends Step {
        private final int signal;

        Jump(Position position, int signal) {
            super(position);
            this.signal = signal;
        }

        @Override
        int run(Frame frame) {
            return signal;
        }

        @Override
        void walk(Walk walk) {
            if (signal == BREAK) {
                walk.breaks();
            } else if (signal == CONTINUE) {
                walk.continues();
            }
        }
    }

    static final class Return extends Step {
        private final @Nullable Expr value;

        Return(Position position, @Nullable Expr value) {
            super(position);
            this.value = value;
        }

        @Override
        int run(Frame frame) {
            frame.returned = value == null ? Value.NOTHING : value.run(frame);
            return RETURN;
        }

        @Override
        void walk(Walk walk) {
            walk.returns(value == null ? Shadow.known(Value.NOTHING) : value.walk(walk));
        }
    }
}
