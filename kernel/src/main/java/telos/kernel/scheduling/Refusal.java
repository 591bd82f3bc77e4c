package telos.kernel.scheduling;

import java.util.Objects;

/** Why an entity was not taken or not changed, in words fit for whoever asked. */
public record Refusal(Why why, String text) {
    public Refusal {
        Objects.requireNonNull(why, "why");
        Objects.requireNonNull(text, "text");
    }

    /** The reasons. */
    public enum Why {
        /** The tree holds as many entities as it may. */
        TOO_MANY_ENTITIES,
        /** With this reservation more would be promised than there is. */
        OVERBOOKED,
        /** It cannot be told yet whether the reservation can be held. */
        NOT_KNOWN_YET,
        /** What serves it cannot do that. */
        UNSUPPORTED
    }
}
