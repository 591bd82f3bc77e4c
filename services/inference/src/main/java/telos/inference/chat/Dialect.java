package telos.inference.chat;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import telos.inference.constraint.Constraint;

/** How one family of models is spoken to: what the prompt looks like and how a turn is read back. */
interface Dialect {
    /**
     * The prompt of one turn.
     *
     * @throws Unspeakable when the request asks for what this dialect cannot promise
     */
    int[] prompt(ChatRequest request) throws Unspeakable;

    /**
     * Puts one turn into the model's terms.
     *
     * @throws Unspeakable when the request asks for what this dialect cannot promise
     */
    Turn turn(ChatRequest request) throws Unspeakable, InterruptedException;

    /**
     * One turn, ready to run.
     *
     * @param constraint what may be generated; null for anything
     * @param ends tokens that end the turn
     */
    @SuppressWarnings("ArrayRecordComponent") // read once, never compared
    record Turn(int[] prompt, @Nullable Constraint constraint, Set<Integer> ends, TurnReader reader) {}

    /** A request that this dialect cannot carry; the message is for whoever asked. */
    final class Unspeakable extends Exception {
        private static final long serialVersionUID = 1L;

        Unspeakable(String message) {
            super(message, null, false, false);
        }
    }
}
