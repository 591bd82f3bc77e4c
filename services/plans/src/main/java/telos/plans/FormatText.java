package telos.plans;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;
import telos.plans.syntax.Position;
import telos.plans.values.Formats;
import telos.plans.values.Labels;
import telos.plans.values.PlanFailure;
import telos.plans.values.Prospect;
import telos.plans.values.Value;

/** An f-string. */
final class FormatText extends Expr {
    private static final Value NO_SPEC = Value.of("");

    private final List<Expr> parts;

    /** What parts of as many code points came to. */
    private @Nullable Prospect last;

    FormatText(Position position, List<Expr> parts) {
        super(position);
        this.parts = List.copyOf(parts);
    }

    @Override
    Value run(Frame frame) {
        Machine machine = frame.machine;
        List<Value> texts = new ArrayList<>(parts.size());
        for (Expr each : parts) {
            texts.add(each.run(frame));
        }
        long steps = machine.usedSteps();
        long bytes = machine.usedBytes();
        Value result = Formats.join(machine, texts);
        if (machine.open(result.label())) {
            return result;
        }
        long extent = 0;
        for (Value each : texts) {
            extent = Machine.plus(extent, machine.known(each).extent());
        }
        Prospect prospect = last;
        if (prospect == null || prospect.result().extent() != extent) {
            prospect = Formats.outlineOfJoin(extent);
            last = prospect;
        }
        return machine.ruled(
                LabelRule.TEXT_JOIN, machine.secret(frame, result, prospect, result.label(), steps, bytes));
    }

    @Override
    Shadow walk(Walk walk) {
        if (parts.size() == 1) {
            return parts.getFirst().walk(walk);
        }
        long extent = 0;
        Label label = Label.BOTTOM;
        for (Expr each : parts) {
            Shadow shadow = each.walk(walk);
            extent = Machine.plus(extent, shadow.outline().extent());
            label = label.join(shadow.label());
        }
        return walk.comes(this, Formats.outlineOfJoin(extent), label, List.of());
    }

    @Override
    boolean pure() {
        return parts.stream().allMatch(Expr::pure);
    }

    /** {@code {value!r:spec}}. */
    static final class Field extends Expr {
        private final Expr value;
        private final char conversion;
        private final @Nullable Expr spec;
        private final Recollection last = new Recollection();

        Field(Position position, Expr value, char conversion, @Nullable Expr spec) {
            super(position);
            this.value = value;
            this.conversion = conversion;
            this.spec = spec;
        }

        @Override
        Value run(Frame frame) {
            Machine machine = frame.machine;
            Value written = value.run(frame);
            Value format = spec == null ? NO_SPEC : spec.run(frame);
            long steps = machine.usedSteps();
            long bytes = machine.usedBytes();
            Value result;
            try {
                result = Formats.field(machine, written, conversion, format);
            } catch (PlanFailure failure) {
                throw machine.failed(
                        frame, failure, prospect(machine, written, format), both(written, format), steps, bytes);
            }
            if (machine.open(result.label())) {
                return result;
            }
            return machine.ruled(
                    LabelRule.TEXT_JOIN,
                    machine.secret(
                            frame, result, prospect(machine, written, format), both(written, format), steps, bytes));
        }

        private static Label both(Value written, Value format) {
            return Labels.deep(written).join(format.label());
        }

        private Prospect prospect(Machine machine, Value written, Value format) {
            return last.of(
                    machine.known(written),
                    machine.known(format),
                    (one, two) -> Formats.outlineOfField(one, conversion, two));
        }

        @Override
        Shadow walk(Walk walk) {
            Shadow written = value.walk(walk);
            Shadow format = spec == null ? Shadow.known(NO_SPEC) : spec.walk(walk);
            Prospect prospect = Formats.outlineOfField(walk.outline(written), conversion, format.outline());
            return walk.comes(this, prospect, walk.deep(written).join(format.label()), List.of());
        }

        @Override
        boolean pure() {
            return value.pure() && (spec == null || spec.pure());
        }
    }
}
