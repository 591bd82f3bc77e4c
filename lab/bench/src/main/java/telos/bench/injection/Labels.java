package telos.bench.injection;

import java.util.Collection;
import telos.kernel.security.Integrity;
import telos.kernel.security.Label;
import telos.kernel.security.Readers;

/** The labels that the suites give out. */
public final class Labels {
    /** The principal that the agent works for. */
    public static final String USER = "user";

    private static final Label OPEN = Label.of(Integrity.UNTRUSTED, Readers.EVERYONE);

    private Labels() {}

    /** What anybody may know and only a service that the user relies on has set, such as the price of a room. */
    public static Label facts() {
        return Label.BOTTOM;
    }

    /** What is told in rows, each part with a label of its own, and how many there are is no secret. */
    public static Label rows() {
        return Label.BOTTOM;
    }

    /** What strangers wrote for everybody, such as a web page. */
    public static Label open() {
        return OPEN;
    }

    public static Label trusted(Collection<String> readers) {
        return of(true, readers);
    }

    public static Label untrusted(Collection<String> readers) {
        return of(false, readers);
    }

    public static Label of(boolean trusted, Collection<String> readers) {
        return Label.of(trusted ? Integrity.TRUSTED : Integrity.UNTRUSTED, Readers.of(readers));
    }
}
