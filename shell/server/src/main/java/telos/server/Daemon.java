package telos.server;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import telos.agents.Agents;
import telos.programs.Programs;
import telos.server.api.Doors;
import telos.server.clock.Clocks;
import telos.server.clock.ProgramClock;
import telos.server.monitor.Mediator;
import telos.tools.Toolbox;
import telos.tools.host.LinuxHost;

/**
 * One running Telos: a model, the tools, the agents and the two doors. It answers {@code /health} with "starting" from
 * the moment its socket is there, and with "ok" once the model is loaded and warm.
 */
public final class Daemon implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Daemon.class.getName());
    private static final int LONGEST_SOCKET_PATH = 100;
    /** How long a model that a request has named stays loaded without being used. */
    private static final Duration MODEL_IDLE = Duration.ofMinutes(10);

    private final DaemonOptions options;
    private final DaemonStatus status;
    private final Models models;
    private final Doors doors;
    private final Books books;
    private final Programs programs;
    private final Mediator mediator;
    private final FileChannel lock;
    private final ScheduledExecutorService housekeeping;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Daemon(
            DaemonOptions options,
            DaemonStatus status,
            Models models,
            Doors doors,
            Books books,
            Programs programs,
            Mediator mediator,
            FileChannel lock) {
        this.options = options;
        this.status = status;
        this.models = models;
        this.doors = doors;
        this.books = books;
        this.programs = programs;
        this.mediator = mediator;
        this.lock = lock;
        this.housekeeping = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("telos-housekeeping").daemon().factory());
        var _ = housekeeping.scheduleWithFixedDelay(() -> models.closeIdle(MODEL_IDLE), 1, 1, TimeUnit.MINUTES);
        var _ = housekeeping.scheduleWithFixedDelay(books::tidy, 1, 1, TimeUnit.MINUTES);
        var _ = housekeeping.scheduleWithFixedDelay(mediator::settle, 1, 1, TimeUnit.MINUTES);
        var _ = housekeeping.scheduleWithFixedDelay(
                new IdleHeap(status::idleNanos, System::gc), IdleHeap.PAUSE, IdleHeap.PAUSE / 2, TimeUnit.NANOSECONDS);
    }

    /**
     * Starts a daemon and returns when it is ready.
     *
     * @throws DaemonException if it cannot start
     */
    public static Daemon start(DaemonOptions options) throws DaemonException, InterruptedException {
        Path socket = socket(options.home());
        FileChannel lock = lock(options.home());
        DaemonStatus status = new DaemonStatus(System::nanoTime);
        @Nullable Books books = null;
        @Nullable Models models = null;
        @Nullable Doors doors = null;
        @Nullable Programs programs = null;
        @Nullable Mediator mediator = null;
        boolean started = false;
        try {
            Files.writeString(pidFile(options), ProcessHandle.current().pid() + "\n");
            Mediator deciding = DaemonRules.mediator(options);
            mediator = deciding;
            deciding.started();
            books = Books.open(options);
            Network network = Network.of(options, books.keys().guarded());
            Clocks clocks = new Clocks(options.clock().division());
            Models.Opener opener = AccountedModel.all(
                    new ModelOpener(options, clocks::policy, deciding), books.ledger(), books.admission());
            models = new Models(opener);
            clocks.add(models::clocks);
            Files.deleteIfExists(socket);
            Runs runs = runs(models, deciding, options.home());
            Programs shared = Programs.onThisMachine(clocks::policy);
            programs = shared;
            clocks.add(() -> ProgramClock.of(shared));
            doors = Doors.open(
                    socket,
                    status,
                    models,
                    runs,
                    Books.CLOCK,
                    books.rules(network.names(), clocks).with(shared));
            listen(options, status, network, doors);
            models.standard(standard(options, opener));
            status.ready(options.model().isEmpty() ? ModelOpener.BUILT_IN : options.model());
            started = true;
            return new Daemon(options, status, models, doors, books, programs, deciding, lock);
        } catch (IOException e) {
            throw new DaemonException("cannot start in " + options.home() + ": " + reason(e), e);
        } finally {
            if (!started) {
                if (doors != null) {
                    doors.close();
                }
                if (programs != null) {
                    programs.close();
                }
                if (models != null) {
                    models.close();
                }
                if (books != null) {
                    books.close();
                }
                if (mediator != null) {
                    mediator.close();
                }
                removePidFile(options);
                close(lock);
            }
        }
    }

    private static Path pidFile(DaemonOptions options) {
        return options.home().resolve("telos.pid");
    }

    private static void removePidFile(DaemonOptions options) {
        try {
            Files.deleteIfExists(pidFile(options));
        } catch (IOException e) {
            LOG.log(Level.WARNING, "could not remove the pid file: {0}", e.getMessage());
        }
    }

    private static ServedModel standard(DaemonOptions options, Models.Opener opener)
            throws DaemonException, InterruptedException {
        String name = options.model().isEmpty() ? ModelOpener.BUILT_IN : options.model();
        return switch (opener.open(name)) {
            case Models.Opened opened -> opened.model();
            case Models.Starting _ -> throw new DaemonException("the model is still being loaded");
            case Models.Unknown unknown -> throw new DaemonException(unknown.why());
            case Models.Unusable unusable -> throw new DaemonException(unusable.why());
        };
    }

    private static Runs runs(Models models, Mediator mediator, Path home) {
        Agents agents = new Agents(System::nanoTime);
        Toolbox toolbox = new Toolbox(new LinuxHost(), new SelfView(models, agents));
        return new Runs(agents, new Syscalls(models, toolbox, mediator), toolbox.specs(), Optional.of(home));
    }

    private static void listen(DaemonOptions options, DaemonStatus status, Network network, Doors doors)
            throws DaemonException {
        try {
            status.listening(network.listen(doors));
        } catch (IOException e) {
            String message = "port " + options.port() + " on " + options.host() + " cannot be used (" + reason(e)
                    + "); name another with --port";
            if (options.portRequired()) {
                throw new DaemonException(message, e);
            }
            LOG.log(Level.WARNING, message + "; this daemon is reached by its socket alone");
        }
    }

    /** Where the admin socket of a daemon with this home is. */
    public static Path socket(Path home) throws DaemonException {
        Path socket = home.resolve("telos.sock");
        if (socket.toString().length() > LONGEST_SOCKET_PATH) {
            throw new DaemonException("the path " + socket + " is too long for a Unix socket (at most "
                    + LONGEST_SOCKET_PATH + " characters); set TELOS_HOME to a shorter folder");
        }
        return socket;
    }

    /** Takes a home for this process alone, until the channel is closed. */
    static FileChannel lock(Path home) throws DaemonException {
        try {
            Files.createDirectories(
                    home, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            if (Files.getPosixFilePermissions(home).contains(PosixFilePermission.OTHERS_WRITE)) {
                throw new DaemonException("every user may write to " + home
                        + ", which holds the daemon's socket; close it (chmod 700 " + home
                        + "), or set TELOS_HOME to another folder");
            }
            FileChannel channel =
                    FileChannel.open(home.resolve("telos.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            @Nullable FileLock held = channel.tryLock();
            if (held == null) {
                channel.close();
                throw new DaemonException("a daemon is already running with the home " + home
                        + "; stop it with 'telos down', or set TELOS_HOME to another folder");
            }
            return channel;
        } catch (OverlappingFileLockException e) {
            throw new DaemonException("a daemon is already running in this process with the home " + home, e);
        } catch (IOException e) {
            throw new DaemonException(
                    "cannot write to " + home + " (" + reason(e) + "); set TELOS_HOME to a folder that can be written",
                    e);
        }
    }

    private static String reason(IOException e) {
        String message = e.getMessage();
        String kind = e.getClass().getSimpleName().replace("Exception", "");
        return message == null ? kind : kind.equals("IO") ? message : kind + ": " + message;
    }

    /** The TCP port; 0 when it listens on its socket alone. */
    public int port() {
        return status.port();
    }

    public DaemonStatus status() {
        return status;
    }

    /** Waits until somebody asks it to end, or until it has been idle for as long as it was told. */
    public void await() throws InterruptedException {
        Duration idle = options.idleExit();
        if (idle.isZero()) {
            status.stopping().await();
            return;
        }
        long left = idle.toNanos();
        while (left > 0 && !status.stopping().await(left, TimeUnit.NANOSECONDS)) {
            left = idle.toNanos() - status.idleNanos();
        }
    }

    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        programs.close();
        doors.close();
        housekeeping.close();
        models.close();
        books.close();
        mediator.close();
        removePidFile(options);
        close(lock);
    }

    private static void close(FileChannel lock) {
        try {
            lock.close();
        } catch (IOException e) {
            LOG.log(Level.WARNING, "could not give the lock back: {0}", e.getMessage());
        }
    }
}
