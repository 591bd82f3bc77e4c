package telos.server.api;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.unixdomain.server.UnixDomainServerConnector;
import org.eclipse.jetty.util.thread.VirtualThreadPool;
import telos.server.DaemonLog;
import telos.server.DaemonStatus;
import telos.server.Models;
import telos.server.Runs;

/** The two ways into the daemon: HTTP on loopback for programs, and a Unix socket of mode 0600 for its owner. */
public final class Doors implements AutoCloseable {
    private static final String ADMIN = "admin";
    private static final int MAX_REQUESTS = 4096;
    private static final long IDLE_MILLIS = 10 * 60_000;

    private final Server server;
    private final Path socket;

    private Doors(Server server, Path socket) {
        this.server = server;
        this.socket = socket;
    }

    /** Opens the admin socket; requests are answered from now on. */
    public static Doors open(Path socket, DaemonStatus status, Models models, Runs runs, LongSupplier epochSeconds)
            throws IOException {
        VirtualThreadPool pool = new VirtualThreadPool(MAX_REQUESTS);
        pool.setName("http");
        Server server = new Server(pool);
        server.setStopTimeout(2000);
        server.setHandler(routes(status, models, runs, epochSeconds, socket.resolveSibling(DaemonLog.NAME)));
        // bound where nobody else can reach it, and moved to its place once nobody else may use it
        Path secluded = secluded(socket);
        UnixDomainServerConnector admin = new UnixDomainServerConnector(server, new HttpConnectionFactory(http()));
        admin.setName(ADMIN);
        admin.setUnixDomainPath(secluded);
        admin.setIdleTimeout(IDLE_MILLIS);
        server.addConnector(admin);
        Doors doors = new Doors(server, socket);
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
    public int listen(String host, int port) throws IOException {
        HttpConfiguration config = http();
        ServerConnector connector = new ServerConnector(
                server, 1, 1, new HttpConnectionFactory(config), new HTTP2CServerConnectionFactory(config));
        connector.setHost(host);
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_MILLIS);
        try {
            connector.open();
            server.addConnector(connector);
            connector.start();
        } catch (IOException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e.getMessage(), e);
        }
        return connector.getLocalPort();
    }

    private static HttpConfiguration http() {
        HttpConfiguration config = new HttpConfiguration();
        config.setSendServerVersion(false);
        config.setRequestHeaderSize(16 * 1024);
        config.setOutputBufferSize(16 * 1024);
        return config;
    }

    private static Router routes(DaemonStatus status, Models models, Runs runs, LongSupplier epochSeconds, Path log) {
        ModelsEndpoint listing = new ModelsEndpoint(models, epochSeconds.getAsLong());
        AdminEndpoints admin = new AdminEndpoints(status, models, runs);
        return new Router(ADMIN)
                .open("GET", "/health", admin::health)
                .open("GET", "/metrics", new MetricsEndpoint(status, models, runs))
                .open("GET", "/v1/models", listing::list)
                .open("GET", "/v1/models/", listing::one)
                .open("POST", "/v1/chat/completions", working(status, new ChatCompletions(models, epochSeconds)))
                .admin("POST", "/runs", working(status, new RunsEndpoint(runs, models, System::nanoTime)))
                .admin("GET", "/agents", admin::agents)
                .admin("DELETE", "/agents/", admin::kill)
                .admin("GET", "/memory", admin::memory)
                .admin("GET", "/models", listing::admin)
                .admin("GET", "/logs", new LogsEndpoint(log))
                .admin("POST", "/shutdown", admin::shutdown);
    }

    /** Counts as work, so that the daemon does not leave for being idle. */
    private static Endpoint working(DaemonStatus status, Endpoint endpoint) {
        return exchange -> {
            status.begin();
            try {
                endpoint.serve(exchange);
            } finally {
                status.end();
            }
        };
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
