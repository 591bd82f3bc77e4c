package telos.kernel.security;

import java.util.Objects;
import java.util.Optional;

/**
 * Leave to lower a label once or a few times: for one argument of one call with exactly the values that whoever gave it
 * saw. It says nothing about any other call. Who gives or spends one writes that down; this is only the value.
 *
 * @param id names it in the audit
 * @param sink the call it is for
 * @param argument the argument it is for, or {@link FlowCheck#CALL}
 * @param values a digest of all arguments of the call
 * @param lowering what it does to the label
 * @param uses how many calls are left, at least 1
 */
public record Grant(String id, String sink, String argument, String values, Lowering lowering, int uses) {
    public static final int MOST_USES = 1_000;

    /** How a label is lowered. */
    public sealed interface Lowering {
        /** These may read it too. */
        record Declassify(Readers also) implements Lowering {
            public Declassify {
                Objects.requireNonNull(also, "also");
            }
        }

        /** It is trusted so far. */
        record Endorse(Integrity upTo) implements Lowering {
            public Endorse {
                Objects.requireNonNull(upTo, "upTo");
            }
        }
    }

    public Grant {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(sink, "sink");
        Objects.requireNonNull(argument, "argument");
        Objects.requireNonNull(values, "values");
        Objects.requireNonNull(lowering, "lowering");
        if (uses < 1 || uses > MOST_USES) {
            throw new IllegalArgumentException("a grant is for 1 to " + MOST_USES + " calls, not " + uses);
        }
    }

    public boolean isFor(String call, String digest) {
        return sink.equals(call) && values.equals(digest);
    }

    /** What is left of it after one call; nothing after the last. */
    public Optional<Grant> spent() {
        return uses == 1 ? Optional.empty() : Optional.of(new Grant(id, sink, argument, values, lowering, uses - 1));
    }

    /** The label of the argument under this grant. */
    public Label lowered(Label label) {
        return switch (lowering) {
            case Lowering.Declassify(Readers also) ->
                new Label(label.integrity(), label.readers().union(also), label.sources());
            case Lowering.Endorse(Integrity upTo) ->
                new Label(label.integrity().atLeast(upTo) ? label.integrity() : upTo, label.readers(), label.sources());
        };
    }
}
