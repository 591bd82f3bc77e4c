package telos.training.curriculum;

import java.util.Optional;

/**
 * A stretch of a request.
 *
 * @param text as typed
 * @param filled what it stands for, where a slot was filled; plain words of the grammar have none
 */
record Segment(String text, Optional<Filled> filled) {

    /**
     * A filled slot.
     *
     * @param slot the slot's name
     * @param value a text or an {@link Integer}, as the call gives it
     */
    record Filled(String slot, Object value) {}

    static Segment words(String text) {
        return new Segment(text, Optional.empty());
    }

    static Segment filled(String slot, String text, Object value) {
        return new Segment(text, Optional.of(new Filled(slot, value)));
    }
}
