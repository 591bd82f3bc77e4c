package telos.bench.injection;

import java.util.Collection;

/** The labels that the suites give out. */
public final class Labels {
    /** The principal that the agent works for. */
    public static final String USER = "user";

    private Labels() {}

    /** What anybody may know and nobody but a trusted service has set, such as the names of a record's fields. */
    public static Label facts() {
        return new Label(Integrity.TRUSTED, Readers.ofEveryone());
    }

    /** What strangers wrote for everybody, such as a web page. */
    public static Label open() {
        return new Label(Integrity.UNTRUSTED, Readers.ofEveryone());
    }

    public static Label trusted(Collection<String> readers) {
        return new Label(Integrity.TRUSTED, Readers.of(readers));
    }

    public static Label untrusted(Collection<String> readers) {
        return new Label(Integrity.UNTRUSTED, Readers.of(readers));
    }

    public static Label of(boolean trusted, Collection<String> readers) {
        return trusted ? trusted(readers) : untrusted(readers);
    }
}
