package telos.storage.chain;

import java.util.Optional;
import telos.kernel.security.Sha256;

/**
 * One line of a chained log: {@code hash number previous text}, where the hash is the SHA-256 of what follows it, in hex.
 *
 * @param number from 1, without gaps
 * @param previous the hash of the record before; {@link #ROOT} for the first of all
 * @param text without line ends; one that begins with {@link #NOTE} was written by the log itself
 */
public record Link(String hash, long number, String previous, String text) {
    public static final String ROOT = "0".repeat(64);
    public static final String NOTE = "#";

    private static final int HASH = 64;

    static Link after(long number, String previous, String text) {
        return new Link(Sha256.hex(number + " " + previous + " " + text), number, previous, text);
    }

    public boolean note() {
        return text.startsWith(NOTE);
    }

    /** Whether its hash is that of what it says. */
    public boolean sound() {
        return hash.equals(Sha256.hex(number + " " + previous + " " + text));
    }

    /** A line without its end. */
    static Optional<Link> parse(String line) {
        int first = line.indexOf(' ');
        int second = line.indexOf(' ', first + 1);
        int third = line.indexOf(' ', second + 1);
        if (first != HASH || second < 0 || third != second + 1 + HASH || second - first > 19) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Link(
                    line.substring(0, first),
                    Long.parseLong(line.substring(first + 1, second)),
                    line.substring(second + 1, third),
                    line.substring(third + 1)));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    String line() {
        return hash + " " + number + " " + previous + " " + text + "\n";
    }
}
