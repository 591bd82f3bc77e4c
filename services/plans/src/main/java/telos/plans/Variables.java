package telos.plans;

import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;
import telos.plans.syntax.Position;
import telos.plans.values.ErrorKind;
import telos.plans.values.ExceptionBox;
import telos.plans.values.Outline;
import telos.plans.values.PlanFailure;
import telos.plans.values.Value;

/** Names and constants. */
final class Variables {
    private Variables() {}

    static final class Constant extends Expr {
        final Value value;
        private final Shadow shadow;

        Constant(Position position, Value value) {
            super(position);
            this.value = value;
            this.shadow = Shadow.known(value);
        }

        @Override
        Value run(Frame frame) {
            return value;
        }

        @Override
        Shadow walk(Walk walk) {
            return shadow;
        }

        @Override
        boolean pure() {
            return true;
        }

        @Override
        boolean looks() {
            return true;
        }
    }

    /** A variable of this frame or of one above. */
    static final class Variable extends Expr {
        final String name;
        final int hops;
        final int slot;
        private final ErrorKind missing;
        private final @Nullable Value fallback;

        Variable(Position position, String name, int hops, int slot, ErrorKind missing, @Nullable Value fallback) {
            super(position);
            this.name = name;
            this.hops = hops;
            this.slot = slot;
            this.missing = missing;
            this.fallback = fallback;
        }

        @Override
        Value run(Frame frame) {
            Value found = raw(frame);
            Machine machine = frame.machine;
            // Where the run stands as the choice decided, which one it is may be known.
            return found.isPublic() || machine.open(found.label()) ? found : machine.groups.joint(found);
        }

        /** The same where whoever asks knows what to make of one of several objects that a secret chose. */
        Value raw(Frame frame) {
            Frame holder = frame;
            for (int i = hops; i > 0; i--) {
                holder = java.util.Objects.requireNonNull(holder.up);
            }
            Value value = holder.slots[slot];
            return value != null && holder.hollow == null ? value : look(frame, holder);
        }

        private Value look(Frame frame, Frame holder) {
            Label hollow = holder.hollow(slot);
            if (hollow != null && fallback == null) {
                frame.machine.mayFail(frame, Failures.of(missing), hollow);
            }
            Value value = holder.slots[slot];
            if (hollow != null && fallback != null) {
                return either(frame.machine, holder, hollow, value, fallback);
            }
            if (value == null) {
                if (fallback != null) {
                    return fallback;
                }
                throw new PlanFailure(
                        ExceptionBox.of(missing, message()),
                        hollow == null ? frame.machine.pc : frame.machine.pc.join(hollow));
            }
            return value;
        }

        /** What a secret bound, or else what is there without that: known alike in either world. */
        private Value either(Machine machine, Frame holder, Label hollow, @Nullable Value value, Value otherwise) {
            Shadow absent = holder.absent(slot);
            Outline bound = value != null
                    ? machine.known(value)
                    : absent == null ? Outline.NEVER : machine.groups.known(absent);
            Value either = (value == null ? otherwise : value).raised(hollow);
            Value raised = absent == null ? either : either.raised(absent.label());
            return raised.isPublic() ? raised : raised.outlined(bound.union(Outline.of(otherwise)));
        }

        private String message() {
            return missing == ErrorKind.UNBOUND
                    ? "cannot access local variable '" + name + "' where it is not associated with a value"
                    : "name '" + name + "' is not defined";
        }

        @Override
        Shadow walk(Walk walk) {
            return walk.joint(walkRaw(walk));
        }

        /** As {@link #raw}. */
        Shadow walkRaw(Walk walk) {
            Shadow shadow = walk.read(walk.above(hops), slot);
            if (shadow.hollow()) {
                if (fallback != null) {
                    return shadow.bound().join(Shadow.known(fallback).raised(shadow.label()));
                }
                walk.fails(Failures.of(missing), shadow.label());
            }
            return shadow.bound();
        }

        @Override
        boolean pure() {
            return true;
        }

        @Override
        boolean looks() {
            return true;
        }
    }

    /** {@code (name := value)}. */
    static final class Walrus extends Expr {
        private final int hops;
        private final int slot;
        private final Expr value;

        Walrus(Position position, int hops, int slot, Expr value) {
            super(position);
            this.hops = hops;
            this.slot = slot;
            this.value = value;
        }

        @Override
        Value run(Frame frame) {
            Value result = value.run(frame);
            frame.above(hops).store(slot, result);
            return result;
        }

        @Override
        Shadow walk(Walk walk) {
            Shadow result = value.walk(walk);
            walk.write(walk.above(hops), slot, result);
            return result;
        }
    }
}
