package telos.inference.model;

/** Whether a model goes into the memory at hand. */
public sealed interface Fit {
    /**
     * It goes in.
     *
     * @param spare bytes left over
     */
    record Fits(long spare) implements Fit {}

    /**
     * It does not.
     *
     * @param missing bytes too few
     * @param why what it needs, what there is and what would fit
     */
    record TooLarge(long missing, String why) implements Fit {}
}
