package telos.server;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/**
 * How a daemon may be reached over the network.
 *
 * @param tls what it proves itself with; empty for no encryption
 * @param plain whether it may listen on another address than loopback without encryption
 * @param names that requests may call this machine by, in lower case, beside the address it listens on
 */
public record Exposure(Optional<Tls> tls, boolean plain, Set<String> names) {
    /** On loopback, in clear text. */
    public static final Exposure NONE = new Exposure(Optional.empty(), false, Set.of());

    /**
     * Files in PEM form.
     *
     * @param certificate the server's, and after it those that lead to its root
     * @param key the private key, as PKCS #8
     */
    public record Tls(Path certificate, Path key) {}

    public Exposure {
        names = Set.copyOf(names);
    }
}
