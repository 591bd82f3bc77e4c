package telos.plans.values;

import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;

/**
 * What a plan computes with: a payload, and who may know it. The label covers the reference too: which object it is,
 * and of what type.
 *
 * @param outline what everybody may know of it; null where type and size are as public as can be, which is always so
 *     for a value whose label is bottom
 */
@SuppressWarnings("ReferenceEquality") // the same object is meant
public record Value(Payload payload, Label label, @Nullable Outline outline) {
    public static final Value NOTHING = new Value(Nothing.NOTHING);
    public static final Value TRUE = new Value(Truth.TRUE);
    public static final Value FALSE = new Value(Truth.FALSE);

    public Value(Payload payload) {
        this(payload, Label.BOTTOM, null);
    }

    public Value(Payload payload, Label label) {
        this(payload, label, null);
    }

    public static Value of(boolean truth) {
        return truth ? TRUE : FALSE;
    }

    static Value of(boolean truth, Label label) {
        return label == Label.BOTTOM ? of(truth) : new Value(Truth.of(truth), label);
    }

    public static Value of(long whole) {
        return new Value(Whole.of(whole));
    }

    public static Value of(double real) {
        return new Value(new Real(real));
    }

    public static Value of(String text) {
        return new Value(Text.of(text));
    }

    /** The same with a label that demands what this and the given one demand. */
    public Value raised(Label by) {
        if (by == Label.BOTTOM || by == label) {
            return this;
        }
        Label joined = label.join(by);
        return joined == label ? this : new Value(payload, joined, outline);
    }

    public Value outlined(@Nullable Outline known) {
        return known == outline ? this : new Value(payload, label, known);
    }

    /** Whether it holds nothing, and nobody takes it for something that could. */
    public boolean isScalar() {
        return (Payload.isSimple(payload) || Outline.isScalar(payload.kind()))
                && (outline == null || outline.isScalar());
    }

    /** Whether everybody may know everything of it, apart from what it holds. */
    public boolean isPublic() {
        return label == Label.BOTTOM || label.isBottom();
    }
}
