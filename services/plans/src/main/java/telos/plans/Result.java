package telos.plans;

import java.util.Optional;
import java.util.SequencedMap;
import telos.kernel.security.Label;

/** What a call of a tool came to. */
public sealed interface Result {
    /**
     * It gave this.
     *
     * @param own a label that comes with this result and joins the tool's, such as the readers of one mail
     * @param labels the same for parts of it, by JSON pointer; these are public facts, the same in equal worlds
     */
    record Value(Datum datum, Optional<Label> own, SequencedMap<String, Label> labels) implements Result {
        public static Value of(Datum datum) {
            return new Value(datum, Optional.empty(), new java.util.LinkedHashMap<>());
        }
    }

    /**
     * The world would not have it: the plan ends, and cannot catch that. Only for tools about which it {@link World#decides};
     * of others nobody foresaw it.
     *
     * @param reason for the plan's owner
     */
    record Denied(String reason) implements Result {}

    /**
     * Nobody can say what came of it, for the world is gone: the plan ends, and cannot catch that.
     *
     * @param why for the plan's owner
     */
    record Lost(String why) implements Result {}

    /** Whether a call fails shows its arguments and its context; the message carries the tool's label as well. */
    record Failed(String message) implements Result {}
}
