package telos.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import telos.server.api.Doors;
import telos.server.api.http.Certificates;

/** Where a daemon listens: checked before anything is opened, so that nothing is open that should not be. */
final class Network {
    private final DaemonOptions options;
    private final InetAddress address;

    private Network(DaemonOptions options, InetAddress address) {
        this.options = options;
        this.address = address;
    }

    /**
     * Checks what was asked for.
     *
     * @param guarded whether requests need a key
     */
    static Network of(DaemonOptions options, boolean guarded) throws DaemonException {
        InetAddress address;
        try {
            address = InetAddress.getByName(options.host());
        } catch (UnknownHostException e) {
            throw new DaemonException("no address is known for the host '" + options.host() + "'", e);
        }
        if (!address.isLoopbackAddress()) {
            String reached = "'" + options.host() + "' can be reached from other machines; ";
            if (!guarded) {
                throw new DaemonException(reached + "make a key first, so that not everybody is served:"
                        + " telos key create NAME (without keys the daemon listens on loopback only)");
            }
            if (options.exposure().tls().isEmpty() && !options.exposure().plain()) {
                throw new DaemonException(reached + "encrypt what is sent with --tls-cert FILE --tls-key FILE, or say"
                        + " with --insecure-plain-http that keys and prompts may be read on the way");
            }
        }
        return new Network(options, address);
    }

    /** What requests may call this machine, in lower case. */
    Set<String> names() throws DaemonException {
        Set<String> names = new HashSet<>(options.exposure().names());
        try {
            if (address.isAnyLocalAddress()) {
                NetworkInterface.networkInterfaces()
                        .flatMap(NetworkInterface::inetAddresses)
                        .forEach(each -> names.add(spelled(each)));
                names.add(InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT));
            } else {
                names.add(spelled(address));
                names.add(options.host().toLowerCase(Locale.ROOT));
            }
        } catch (SocketException e) {
            throw new DaemonException("the addresses of this machine cannot be listed: " + e.getMessage(), e);
        } catch (UnknownHostException _) {
            return names; // a machine whose own name has no address is called by its addresses
        }
        return names;
    }

    private static String spelled(InetAddress address) {
        return address.getHostAddress().replaceFirst("%.*", "");
    }

    /** Opens the door for programs, on the very address that was checked; returns its port. */
    int listen(Doors doors) throws IOException, DaemonException {
        if (options.exposure().tls().isEmpty()) {
            return doors.listen(address, options.port());
        }
        Exposure.Tls tls = options.exposure().tls().get();
        SslContextFactory.Server context = switch (Certificates.read(tls.certificate(), tls.key())) {
            case Certificates.Read read -> read.context();
            case Certificates.Unusable unusable -> throw new DaemonException(unusable.why());
        };
        return doors.listen(address, options.port(), context);
    }
}
