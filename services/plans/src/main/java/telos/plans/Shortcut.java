package telos.plans;

/** The ways in which an operation is told by what came of the like. */
enum Shortcut {
    SCALARS,
    LOOKUP,
    OPEN_LOOKUP,
    READING,
    PLAIN_READING,
    REPLACEMENT
}
