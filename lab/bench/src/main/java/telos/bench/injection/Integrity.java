package telos.bench.injection;

/** How far a value's origin is trusted, lowest first. */
public enum Integrity {
    UNTRUSTED,
    TRUSTED,
    USER
}
