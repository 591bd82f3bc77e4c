package telos.bench;

import java.util.List;

/** One claim, and how it is measured. */
interface Bench {
    String name();

    /** What it measures and what it does not show. */
    String about();

    /** The options it knows, as {@link Options#read} takes them. */
    List<String> options();

    /**
     * Measures. Progress goes to {@code out}.
     *
     * @throws BenchException when it cannot be measured, with the reason
     */
    Figures run(Options options, Console out) throws BenchException, InterruptedException;
}
