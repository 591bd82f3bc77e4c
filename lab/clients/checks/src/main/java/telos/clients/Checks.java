package telos.clients;

import java.io.IOException;

/** Runs a client's checks one after the other and tells the bench of each on standard output; README.md has the lines. */
public final class Checks {
    /** The daemon's address; OpenAI-style clients want {@code /v1} behind it. */
    public static final String URL = System.getenv("TELOS_URL");

    public static final String MODEL = System.getenv("TELOS_MODEL");

    /** The address of a daemon that asks for keys. */
    public static final String GUARDED_URL = System.getenv("TELOS_GUARDED_URL");

    /** A key of the daemon that asks for keys; it may start one request in a minute. */
    public static final String KEY = System.getenv("TELOS_KEY");

    /** A key of no daemon. */
    public static final String WRONG_KEY = "telos-no-such-key";

    private Checks() {}

    /** What must go well. */
    public interface Check {
        void run() throws Exception;
    }

    public static void check(String name, Check check) {
        System.out.println("begin " + name);
        try {
            check.run();
            System.out.println("ok " + name);
        } catch (Throwable e) {
            // Whatever it is, it is the client's verdict on this one check.
            System.out.println("failed " + name + " " + e.toString().replaceAll("\\s+", " "));
        }
    }

    /** Says that no more will come, and stays, so that no connection is closed by the process's end alone. */
    public static void end() throws IOException {
        System.out.println("end");
        System.in.readAllBytes();
        System.exit(0);
    }

    public static void expect(boolean claim, Object seen) {
        if (!claim) {
            throw new AssertionError("unexpected: " + seen);
        }
    }

    /** Expects that the work is refused with an exception of the client's own type. */
    public static <E extends Throwable> E expectError(Class<E> type, Check work) throws Exception {
        Throwable thrown = null;
        try {
            work.run();
        } catch (Throwable e) {
            thrown = e;
        }
        if (!type.isInstance(thrown)) {
            throw new AssertionError(
                    thrown == null
                            ? "no error, " + type.getSimpleName() + " was due"
                            : thrown + ", " + type.getSimpleName() + " was due",
                    thrown);
        }
        expect(String.valueOf(thrown.getMessage()).length() > 10, thrown.getMessage());
        return type.cast(thrown);
    }
}
