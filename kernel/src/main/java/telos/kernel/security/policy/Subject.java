package telos.kernel.security.policy;

import java.util.Objects;

/** Whose label a condition asks for. What decided that the call happens is always joined. */
public sealed interface Subject {
    record Argument(String name) implements Subject {
        public Argument {
            Objects.requireNonNull(name, "name");
        }
    }

    /** The decision to call at all. */
    record TheCall() implements Subject {}

    record EveryArgument() implements Subject {}

    Subject CALL = new TheCall();
    Subject EVERY = new EveryArgument();
}
