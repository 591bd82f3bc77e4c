package telos.kernel.memory;

/**
 * A copy that the caller must make before it writes: the first {@code tokens} slots of block {@code from}, in every
 * layer, go to block {@code to}.
 */
public record BlockCopy(int from, int to, int tokens) {}
