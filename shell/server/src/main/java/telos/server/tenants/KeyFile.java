package telos.server.tenants;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import telos.storage.Database;
import telos.storage.Row;
import telos.storage.StorageException;

/** The keys at rest, each as its hash. */
final class KeyFile implements AutoCloseable {
    private static final List<List<String>> SCHEMA = List.of(
            List.of("""
            CREATE TABLE keys (
                id TEXT PRIMARY KEY, name TEXT NOT NULL, hint TEXT NOT NULL, hash TEXT NOT NULL UNIQUE,
                requests INTEGER NOT NULL, tokens INTEGER NOT NULL, concurrency INTEGER NOT NULL, blocks INTEGER NOT NULL,
                created INTEGER NOT NULL, expires INTEGER, revoked INTEGER, last_used INTEGER
            ) STRICT"""),
            List.of(
                    "ALTER TABLE keys ADD COLUMN weight INTEGER NOT NULL DEFAULT 100",
                    "ALTER TABLE keys ADD COLUMN urgent INTEGER NOT NULL DEFAULT 0"));

    /** A key and what it is found by. */
    record Entry(String hash, Key key) {}

    private final Database database;

    private KeyFile(Database database) {
        this.database = database;
    }

    static Path in(Path home) {
        return home.resolve("keys.db");
    }

    static KeyFile open(Path home) throws StorageException {
        Database database = Database.open(in(home), Database.Durability.EVERY_COMMIT, 0, SCHEMA);
        try {
            database.check();
        } catch (StorageException e) {
            database.close();
            throw e;
        }
        return new KeyFile(database);
    }

    List<Entry> entries() throws StorageException {
        return database.query(
                "SELECT hash, id, name, hint, requests, tokens, concurrency, blocks, created, expires, revoked, last_used,"
                        + " weight, urgent FROM keys ORDER BY created, id",
                row -> new Entry(
                        row.text(1),
                        new Key(
                                row.text(2),
                                row.text(3),
                                row.text(4),
                                quota(row),
                                new Rank((int) row.number(13), row.number(14) != 0),
                                row.number(9),
                                row.perhaps(10),
                                row.perhaps(11),
                                row.perhaps(12))));
    }

    private static Quota quota(Row row) throws SQLException {
        return new Quota((int) row.number(5), (int) row.number(6), (int) row.number(7), (int) row.number(8));
    }

    void add(Entry entry) throws StorageException {
        Key key = entry.key();
        Quota quota = key.quota();
        database.update(
                "INSERT INTO keys (hash, id, name, hint, requests, tokens, concurrency, blocks, created, expires,"
                        + " weight, urgent) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                entry.hash(),
                key.id(),
                key.name(),
                key.hint(),
                quota.requests(),
                quota.tokens(),
                quota.concurrency(),
                quota.blocks(),
                key.created(),
                key.expires().isPresent() ? (Object) key.expires().getAsLong() : null,
                key.rank().weight(),
                key.rank().urgent() ? 1 : 0);
    }

    void revoke(String id, long now) throws StorageException {
        database.update("UPDATE keys SET revoked = ? WHERE id = ? AND revoked IS NULL", now, id);
    }

    void forget(String id) throws StorageException {
        database.update("DELETE FROM keys WHERE id = ?", id);
    }

    void used(List<Key> keys) throws StorageException {
        database.transaction(() -> {
            for (Key key : keys) {
                OptionalLong when = key.lastUsed();
                if (when.isPresent()) {
                    database.update("UPDATE keys SET last_used = ? WHERE id = ?", when.getAsLong(), key.id());
                }
            }
            return keys;
        });
    }

    @Override
    public void close() {
        database.close();
    }
}
