package telos.server.records;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import telos.server.Tenant;
import telos.storage.Database;
import telos.storage.StorageException;

/**
 * Answered requests in the file of {@link Records}. Those that are being carried out are known in memory alone: what a
 * process did not finish that was killed is carried out when it is sent again.
 */
final class RequestFile implements IdempotencyStore {
    private record Known(String hash, Replay answer) {}

    private record Name(String key, Tenant tenant) {}

    /** What is being carried out, and its hash. */
    private final ConcurrentMap<Name, String> begun = new ConcurrentHashMap<>();

    private final Records records;
    private final RecordBounds bounds;
    private final IdempotencyStore memory;

    RequestFile(Records records, RecordBounds bounds, IdempotencyStore memory) {
        this.records = records;
        this.bounds = bounds;
        this.memory = memory;
    }

    @Override
    public Begun begin(String key, Tenant tenant, String bodyHash) {
        Begun recent = memory.begin(key, tenant, bodyHash);
        if (!(recent instanceof Fresh)) {
            return recent;
        }
        @Nullable Known known = kept(key, tenant).orElse(null);
        if (known == null) {
            begun.put(new Name(key, tenant), bodyHash);
            return recent;
        }
        memory.abandon(key, tenant);
        return known.hash().equals(bodyHash) ? known.answer() : new Mismatch();
    }

    private Optional<Known> kept(String key, Tenant tenant) {
        @Nullable Database database = records.database().orElse(null);
        if (database == null) {
            return Optional.empty();
        }
        try {
            return database.first(
                    "SELECT hash, status, type, body FROM requests WHERE tenant = ? AND key = ? AND at >= ?",
                    row -> new Known(row.text(1), new Replay((int) row.number(2), row.text(3), row.bytes(4))),
                    tenant.name(),
                    key,
                    records.now() - bounds.requestSeconds());
        } catch (StorageException e) {
            Records.failed(e);
            return Optional.empty();
        }
    }

    @Override
    public void complete(String key, Tenant tenant, int status, String contentType, byte[] body) {
        @Nullable String hash = begun.remove(new Name(key, tenant));
        @Nullable Database database = records.database().orElse(null);
        if (database == null || hash == null || body.length > bounds.bytes()) {
            memory.complete(key, tenant, status, contentType, body);
            return;
        }
        try {
            Records.write(database, () -> {
                database.update(
                        "INSERT OR REPLACE INTO requests (tenant, key, at, bytes, hash, status, type, body)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                        tenant.name(),
                        key,
                        records.now(),
                        body.length + 256,
                        hash,
                        status,
                        contentType,
                        body);
                Records.shrink(database, "requests", tenant, bounds);
                return key;
            });
            memory.abandon(key, tenant);
        } catch (StorageException e) {
            Records.failed(e);
            memory.complete(key, tenant, status, contentType, body);
        }
    }

    @Override
    public void abandon(String key, Tenant tenant) {
        begun.remove(new Name(key, tenant));
        memory.abandon(key, tenant);
    }
}
