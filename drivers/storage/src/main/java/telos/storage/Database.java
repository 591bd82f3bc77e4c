package telos.storage;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/**
 * One SQLite file, of mode 0600. Every call takes its turn on one connection, so that there is one writer; calls are
 * short. What a call that returned has written is there after the process is killed; after a loss of power it is there
 * too where the file is {@link Durability#EVERY_COMMIT}.
 */
public final class Database implements AutoCloseable {
    private static final int PAGE_BYTES = 4096;
    private static final int LEAST_PAGES = 64;
    private static final int WAL_BYTES = 4 * 1024 * 1024;
    private static final int BUSY_MILLIS = 5000;

    /** When bytes are forced to the disk (https://www.sqlite.org/pragma.html#pragma_synchronous). */
    public enum Durability {
        EVERY_COMMIT,
        CHECKPOINTS
    }

    /** Several statements that take effect together or not at all. */
    @FunctionalInterface
    public interface Transaction<T> {
        T run() throws StorageException;
    }

    private final Path file;
    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private final ReentrantLock lock = new ReentrantLock();

    private Database(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    /**
     * Opens a database, or makes one.
     *
     * @param versions the statements that lead from each version of the schema to the next; only ever appended to
     * @param maxBytes what the file may grow to; 0 means no bound
     * @throws StorageException if the file cannot be used
     */
    public static Database open(Path file, Durability durability, long maxBytes, List<List<String>> versions)
            throws StorageException {
        create(file);
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(
                durability == Durability.EVERY_COMMIT
                        ? SQLiteConfig.SynchronousMode.FULL
                        : SQLiteConfig.SynchronousMode.NORMAL);
        config.setJournalSizeLimit(WAL_BYTES);
        config.setPageSize(PAGE_BYTES);
        config.setBusyTimeout(BUSY_MILLIS);
        if (maxBytes > 0) {
            config.setMaxPageCount((int) Math.min(Integer.MAX_VALUE, Math.max(LEAST_PAGES, maxBytes / PAGE_BYTES)));
        }
        @Nullable Database database = null;
        boolean usable = false;
        try {
            database = new Database(file, config.createConnection("jdbc:sqlite:" + file.toAbsolutePath()));
            database.advance(versions);
            usable = true;
            return database;
        } catch (SQLException e) {
            throw StorageException.of(file, e);
        } catch (LinkageError e) {
            throw StorageException.noLibrary(file, e);
        } finally {
            if (!usable && database != null) {
                database.close();
            }
        }
    }

    private static void create(Path file) throws StorageException {
        try {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (FileAlreadyExistsException _) {
            if (!Files.isRegularFile(file)) {
                throw StorageException.of(file, "a database is wanted here, and this is no file; move it away");
            }
        } catch (IOException e) {
            throw StorageException.of(
                    file,
                    "cannot be made (" + e.getClass().getSimpleName()
                            + "); check that its folder exists and may be written to");
        }
    }

    private void advance(List<List<String>> versions) throws StorageException, SQLException {
        long version = number("PRAGMA user_version").orElse(0);
        if (version > versions.size()) {
            throw StorageException.of(
                    file,
                    "written by a newer Telos (version " + version + " of its schema); use that one, or move it away");
        }
        for (int next = (int) version; next < versions.size(); next++) {
            List<String> steps = new ArrayList<>(versions.get(next));
            steps.add("PRAGMA user_version = " + (next + 1));
            transaction(() -> {
                for (String step : steps) {
                    update(step);
                }
                return steps;
            });
        }
    }

    /**
     * Reads the whole file for damage; for files that are small.
     *
     * @throws StorageException if it is damaged
     */
    public void check() throws StorageException {
        if (!first("PRAGMA quick_check(1)", row -> row.text(1)).orElse("").equals("ok")) {
            throw new StorageException(StorageException.damaged(file));
        }
    }

    /** Runs a statement that changes rows, and counts them. Values are numbers, text, bytes or null. */
    public int update(String sql, @Nullable Object... values) throws StorageException {
        lock.lock();
        try {
            return bound(sql, values).executeUpdate();
        } catch (SQLException e) {
            forget(sql);
            throw StorageException.of(file, e);
        } finally {
            lock.unlock();
        }
    }

    public <T> List<T> query(String sql, Row.Reader<T> reader, @Nullable Object... values) throws StorageException {
        lock.lock();
        try (ResultSet result = bound(sql, values).executeQuery()) {
            List<T> rows = new ArrayList<>();
            Row row = new Row(result);
            while (result.next()) {
                rows.add(reader.read(row));
            }
            return rows;
        } catch (SQLException e) {
            forget(sql);
            throw StorageException.of(file, e);
        } finally {
            lock.unlock();
        }
    }

    public <T> Optional<T> first(String sql, Row.Reader<T> reader, @Nullable Object... values) throws StorageException {
        List<T> rows = query(sql, reader, values);
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows.getFirst());
    }

    /** The first column of the first row. */
    public OptionalLong number(String sql, @Nullable Object... values) throws StorageException {
        return first(sql, row -> row.perhaps(1), values).orElse(OptionalLong.empty());
    }

    /** Runs several statements as one. Transactions do not nest. */
    public <T> T transaction(Transaction<T> body) throws StorageException {
        lock.lock();
        try {
            update("BEGIN IMMEDIATE");
            boolean done = false;
            try {
                T value = body.run();
                update("COMMIT");
                done = true;
                return value;
            } finally {
                if (!done) {
                    rollBack();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** SQLite has rolled back by itself after some failures, so that there is nothing left to do. */
    private void rollBack() {
        try {
            update("ROLLBACK");
        } catch (StorageException e) {
            System.getLogger(Database.class.getName())
                    .log(System.Logger.Level.DEBUG, "nothing to roll back: {0}", e.getMessage());
        }
    }

    private PreparedStatement bound(String sql, @Nullable Object... values) throws SQLException {
        @Nullable PreparedStatement statement = statements.get(sql);
        if (statement == null) {
            statement = connection.prepareStatement(sql);
            statements.put(sql, statement);
        }
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    /** A statement that has failed may not be able to run again. */
    private void forget(String sql) {
        try {
            @Nullable PreparedStatement failed = statements.remove(sql);
            if (failed != null) {
                failed.close();
            }
        } catch (SQLException e) {
            System.getLogger(Database.class.getName())
                    .log(System.Logger.Level.DEBUG, "while giving a statement up: {0}", e.getMessage());
        }
    }

    /** Folds the log into the file, so that a closed database is one file. */
    @Override
    public void close() {
        lock.lock();
        try {
            for (Statement statement : statements.values()) {
                statement.close();
            }
            connection.close();
        } catch (SQLException e) {
            System.getLogger(Database.class.getName())
                    .log(System.Logger.Level.WARNING, "while closing {0}: {1}", file, e.getMessage());
        } finally {
            lock.unlock();
        }
    }
}
