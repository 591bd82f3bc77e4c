package telos.plans.syntax;

/**
 * What a plan may ask of the parser and of all later stages, which walk its tree recursively.
 *
 * @param sourceBytes the longest source, in UTF-8; no token is longer
 * @param nesting the most brackets, blocks, lambdas, exponents and {@code else}s of conditionals inside one another
 * @param depth the longest way from the top of the tree to a leaf, which chains such as {@code a.b.c} make long as well
 * @param integerDigits the longest integer literal; CPython's own limit by default
 */
public record Bounds(int sourceBytes, int nesting, int depth, int integerDigits) {
    public Bounds {
        if (sourceBytes < 0 || nesting < 1 || nesting > 200 || depth < 1 || integerDigits < 1) {
            throw new IllegalArgumentException("bounds are positive and nesting is at most 200");
        }
    }

    public static Bounds usual() {
        return new Bounds(1 << 20, 200, 1_000, 4_300);
    }
}
