package telos.server.api;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import telos.kernel.scheduling.Policy;
import telos.programs.Programs;
import telos.server.DaemonLog;
import telos.server.DaemonStatus;
import telos.server.Gate;
import telos.server.Models;
import telos.server.Runs;
import telos.server.api.http.Bounds;
import telos.server.api.http.Connections;
import telos.server.api.http.JettyErrors;
import telos.server.api.http.Route;
import telos.server.api.http.Router;
import telos.server.api.http.TcpDoor;
import telos.server.api.responses.Background;
import telos.server.clock.Clocks;
import telos.server.records.IdempotencyStore;
import telos.server.records.RecentRequests;
import telos.server.records.RecentResponses;
import telos.server.records.ResponseStore;
import telos.server.sight.Ledger;
import telos.server.tenants.KeyDesk;

/** The two ways into the daemon: HTTP on loopback for programs, and a Unix socket of mode 0600 for its owner. */
public final class Doors implements AutoCloseable {
    private static final String ADMIN = "admin";
    private static final long ADMIN_IDLE_MILLIS = 10 * 60_000;
    private static final long KEPT_BYTES = 64L << 20;

    private final Server server;
    private final Path socket;
    private final List<Route> routes;
    private final Connections connections;
    private final Background background;
    private final Runs runs;

    private Doors(
            Server server, Path socket, List<Route> routes, Connections connections, Background background, Runs runs) {
        this.runs = runs;
        this.server = server;
        this.socket = socket;
        this.routes = routes;
        this.connections = connections;
        this.background = background;
    }

    /** Opens the admin socket; requests are answered from now on. */
    public static Doors open(Path socket, DaemonStatus status, Models models, Runs runs, LongSupplier epochSeconds)
            throws IOException {
        return open(
                socket,
                status,
                models,
                runs,
                epochSeconds,
                new Rules(Bounds.USUAL, Gate.OPEN, new RecentResponses(KEPT_BYTES), new RecentRequests(KEPT_BYTES)));
    }

    /** What clients may take, whose they are, what is kept of their requests, and who sees them. */
    public record Rules(
            Bounds bounds,
            Gate gate,
            ResponseStore responses,
            IdempotencyStore requests,
            Ledger ledger,
            Optional<KeyDesk> keys,
            Set<String> names,
            Clocks clocks,
            Optional<Programs> programs) {
        public Rules {
            names = Set.copyOf(names);
        }

        /** The same, and programs that may be taken up. */
        public Rules with(Programs shared) {
            return new Rules(bounds, gate, responses, requests, ledger, keys, names, clocks, Optional.of(shared));
        }

        /** Without keys to administer, and with books that nobody reads. */
        public Rules(Bounds bounds, Gate gate, ResponseStore responses, IdempotencyStore requests) {
            this(
                    bounds,
                    gate,
                    responses,
                    requests,
                    Ledger.counting(),
                    Optional.empty(),
                    Set.of(),
                    new Clocks(Policy.fair()),
                    Optional.empty());
        }
    }

    /** As above, by other rules than the usual. */
    public static Doors open(
            Path socket, DaemonStatus status, Models models, Runs runs, LongSupplier epochSeconds, Rules rules)
            throws IOException {
        Bounds bounds = rules.bounds();
        VirtualThreadPool pool = new VirtualThreadPool(bounds.requests() + bounds.connections());
        pool.setName("http");
        Server server = new Server(pool);
        server.setStopTimeout(2000);
        server.setErrorHandler(new JettyErrors());
        Connections connections = new Connections(bounds, server.getScheduler());
        Background background = new Background(status::begin, status::end);
        Router router = new Router(ADMIN, bounds, rules.gate(), connections)
                .named(rules.names())
                .recordedIn(rules.ledger());
        Routes.add(
                router,
                new Routes.Parts(
                        status,
                        models,
                        runs,
                        epochSeconds,
                        socket.resolveSibling(DaemonLog.NAME),
                        rules.responses(),
                        background,
                        rules.requests(),
                        rules.ledger(),
                        rules.keys(),
                        rules.clocks(),
                        rules.programs()));
        server.setHandler(router);
        // bound where nobody else can reach it, and moved to its place once nobody else may use it
        Path secluded = secluded(socket);
        UnixDomainServerConnector admin =
                new UnixDomainServerConnector(server, new HttpConnectionFactory(TcpDoor.configuration()));
        admin.setName(ADMIN);
        admin.setUnixDomainPath(secluded);
        admin.setIdleTimeout(ADMIN_IDLE_MILLIS);
        server.addConnector(admin);
        Doors doors = new Doors(server, socket, router.routes(), connections, background, runs);
        boolean opened = false;
        try {
            doors.start();
            Files.setPosixFilePermissions(secluded, PosixFilePermissions.fromString("rw-------"));
            Files.move(secluded, socket, StandardCopyOption.ATOMIC_MOVE);
            opened = true;
            return doors;
        } finally {
            if (!opened) {
                doors.close();
            }
            Files.deleteIfExists(secluded);
            Files.deleteIfExists(secluded.resolveSibling(""));
        }
    }

    /** A path in a new folder of mode 0700 beside the socket; not longer than the socket's, which has a limit. */
    private static Path secluded(Path socket) throws IOException {
        Path folder = socket.resolveSibling(".bind");
        Path secluded = folder.resolve("s");
        Files.deleteIfExists(secluded); // one that a daemon left which was killed while it started
        Files.deleteIfExists(folder);
        Files.createDirectory(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return secluded;
    }

    /**
     * Opens the TCP door.
     *
     * @return the port, which was asked for or chosen
     * @throws IOException if it cannot listen there
     */
    public int listen(InetAddress address, int port) throws IOException {
        return open(TcpDoor.on(server, address, port, connections));
    }

    /** As {@link #listen(InetAddress, int)}, by TLS alone. */
    public int listen(InetAddress address, int port, SslContextFactory.Server tls) throws IOException {
        return open(TcpDoor.encrypted(server, address, port, connections, tls));
    }

    private int open(TcpDoor door) throws IOException {
        try {
            door.open();
            server.addConnector(door);
            door.start();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e.getMessage(), e);
        }
        return door.getLocalPort();
    }

    /** What is served. */
    public List<Route> routes() {
        return routes;
    }

    private void start() throws IOException {
        try {
            server.start();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        runs.plans().close();
        background.close();
        connections.closeIdle();
        try {
            server.stop();
        } catch (Exception e) {
            System.getLogger(Doors.class.getName()).log(System.Logger.Level.WARNING, "while closing", e);
        }
        try {
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            System.getLogger(Doors.class.getName())
                    .log(System.Logger.Level.WARNING, "could not remove {0}: {1}", socket, e.getMessage());
        }
    }
}
