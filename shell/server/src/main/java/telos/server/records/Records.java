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
    private static final int TRIES = 8;
    private static final String BROKEN_OFF =
            "{\"code\":\"server_error\",\"message\":\"the daemon ended before this response was made\"}";
    static final List<String> FIRST = List.of(
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
            "CREATE INDEX requests_by_age ON requests (tenant, at)");
    private static final List<String> SECOND = List.of(
            "ALTER TABLE responses ADD COLUMN ended INTEGER NOT NULL DEFAULT 1",
            "UPDATE responses SET ended = 0 WHERE json_extract(response, '$.status') IN ('queued', 'in_progress')",
            "CREATE INDEX responses_unfinished ON responses (tenant, id) WHERE ended = 0");

    private final ReentrantLock lock = new ReentrantLock();
    private final Path home;
    private final LongSupplier epochSeconds;
    private final long fileBytes;
    private @Nullable Database database;
    private boolean unusable;

    public Records(Path home, LongSupplier epochSeconds) {
        this(home, epochSeconds, FILE_BYTES);
    }

    Records(Path home, LongSupplier epochSeconds, long fileBytes) {
        this.home = home;
        this.epochSeconds = epochSeconds;
        this.fileBytes = fileBytes;
    }

    /** The database; empty where it cannot be used. */
    Optional<Database> database() {
        lock.lock();
        try {
            if (database == null && !unusable) {
                try {
                    database = Database.open(
                            home.resolve("records.db"),
                            Database.Durability.CHECKPOINTS,
                            fileBytes,
                            List.of(FIRST, SECOND));
                    endWhatWasBegun(database);
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

    /** What a process was making that ended before it will not be made any more. */
    private static void endWhatWasBegun(Database database) {
        try {
            database.update(
                    "UPDATE responses SET ended = 1, response ="
                            + " json_set(response, '$.status', 'failed', '$.error', json(?)) WHERE ended = 0",
                    BROKEN_OFF);
        } catch (StorageException e) {
            LOG.log(Level.WARNING, "responses that broke off seem to be in work: {0}", e.getMessage());
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

    /** Writes; where the file has grown to its bound, what is oldest makes room, whosever it is. */
    static void write(Database database, Database.Transaction<?> body) throws StorageException {
        for (int tries = 1; ; tries++) {
            try {
                database.transaction(body);
                return;
            } catch (StorageException e) {
                if (!e.full() || tries == TRIES || !forgetOldest(database)) {
                    throw e;
                }
            }
        }
    }

    /** Deletes the oldest sixteenth of all rows. */
    private static boolean forgetOldest(Database database) throws StorageException {
        int deleted = 0;
        for (String table : List.of("responses", "requests")) {
            deleted += database.update("DELETE FROM " + table + " WHERE rowid IN (SELECT rowid FROM " + table
                    + " ORDER BY at, rowid LIMIT (SELECT count(*) / 16 + 1 FROM " + table + "))");
        }
        return deleted > 0;
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
