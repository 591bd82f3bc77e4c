package telos.server.monitor;

import java.util.List;

/** What became of a change of the rules. */
public sealed interface Change {
    /**
     * They hold.
     *
     * @param left effects that were judged by rules before these and still go on
     */
    record Made(List<UnderWay> left) implements Change {
        public Made {
            left = List.copyOf(left);
        }
    }

    /** It could not be written into the audit, so it was not made. */
    record Unwritten() implements Change {}

    /** It could not be kept for daemons that start later, so it was not made. */
    record Unkept() implements Change {}
}
