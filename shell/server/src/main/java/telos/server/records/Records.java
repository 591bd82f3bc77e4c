package telos.server.records;

import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import telos.server.Tenant;
import telos.storage.Database;
import telos.storage.StorageException;

/**
 * Responses and answered requests in one file, so that they are there after a start. It is opened when the first of them
 * comes. They are worth less than an answer: where the file cannot be used, the log says why and memory does instead.
 */
public final class Records implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Records.class.getName());
    private static final long MEMORY_BYTES = 64L << 20;
    private static final long FILE_BYTES = 1L << 30;
    private static final List<List<String>> SCHEMA = List.of(List.of(
            """
            CREATE TABLE responses (
                tenant TEXT NOT NULL, id TEXT NOT NULL, at INTEGER NOT NULL, bytes INTEGER NOT NULL, previous TEXT,
                input TEXT NOT NULL, response TEXT NOT NULL, PRIMARY KEY (tenant, id)
            ) STRICT""",
            "CREATE INDEX responses_by_age ON responses (tenant, at)",
            """
            CREATE TABLE requests (
                tenant TEXT NOT NULL, key TEXT NOT NULL, at INTEGER NOT NULL, bytes INTEGER NOT NULL, hash TEXT NOT NULL,
                status INTEGER NOT NULL, type TEXT NOT NULL, body BLOB NOT NULL, PRIMARY KEY (tenant, key)
            ) STRICT""",
            "CREATE INDEX requests_by_age ON requests (tenant, at)"));

    private final ReentrantLock lock = new ReentrantLock();
    private final Path home;
    private final LongSupplier epochSeconds;
    private @Nullable Database database;
    private boolean unusable;

    public Records(Path home, LongSupplier epochSeconds) {
        this.home = home;
        this.epochSeconds = epochSeconds;
    }

    /** The database; empty where it cannot be used. */
    Optional<Database> database() {
        lock.lock();
        try {
            if (database == null && !unusable) {
                try {
                    database = Database.open(
                            home.resolve("records.db"), Database.Durability.CHECKPOINTS, FILE_BYTES, SCHEMA);
                } catch (StorageException e) {
                    unusable = true;
                    LOG.log(Level.WARNING, "responses are kept in memory only: {0}", e.getMessage());
                }
            }
            return Optional.ofNullable(database);
        } finally {
            lock.unlock();
        }
    }

    long now() {
        return epochSeconds.getAsLong();
    }

    static void failed(StorageException e) {
        LOG.log(Level.WARNING, "a response is kept in memory only: {0}", e.getMessage());
    }

    public ResponseStore responses() {
        return new ResponseFile(this, RecordBounds.USUAL, new RecentResponses(MEMORY_BYTES));
    }

    public IdempotencyStore requests() {
        return new RequestFile(this, RecordBounds.USUAL, new RecentRequests(MEMORY_BYTES));
    }

    /** Forgets what is older than it may be; opens nothing. */
    public void tidy() {
        @Nullable Database open = opened();
        if (open == null) {
            return;
        }
        try {
            open.update("DELETE FROM responses WHERE at < ?", now() - RecordBounds.USUAL.responseSeconds());
            open.update("DELETE FROM requests WHERE at < ?", now() - RecordBounds.USUAL.requestSeconds());
        } catch (StorageException e) {
            failed(e);
        }
    }

    private @Nullable Database opened() {
        lock.lock();
        try {
            return database;
        } finally {
            lock.unlock();
        }
    }

    /** Deletes the oldest rows of a tenant that are beyond the bounds; within a transaction. */
    static void shrink(Database database, String table, Tenant tenant, RecordBounds bounds) throws StorageException {
        long rows = database.number("SELECT count(*) FROM " + table + " WHERE tenant = ?", tenant.name())
                .orElse(0);
        long bytes = database.number("SELECT sum(bytes) FROM " + table + " WHERE tenant = ?", tenant.name())
                .orElse(0);
        while (rows > 0 && (rows > bounds.rows() || bytes > bounds.bytes())) {
            long oldest = database.number(
                            "SELECT rowid FROM " + table + " WHERE tenant = ? ORDER BY at, rowid LIMIT 1",
                            tenant.name())
                    .orElse(0);
            bytes -= database.number("SELECT bytes FROM " + table + " WHERE rowid = ?", oldest)
                    .orElse(0);
            database.update("DELETE FROM " + table + " WHERE rowid = ?", oldest);
            rows--;
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            Database open = database;
            database = null;
            unusable = true;
            if (open != null) {
                open.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
