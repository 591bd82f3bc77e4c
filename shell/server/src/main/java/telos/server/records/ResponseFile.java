package telos.server.records;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import telos.server.Tenant;
import telos.storage.Database;
import telos.storage.StorageException;

/** Responses in the file of {@link Records}; in memory where it fails. */
final class ResponseFile implements ResponseStore {
    private final Records records;
    private final RecordBounds bounds;
    private final ResponseStore memory;

    ResponseFile(Records records, RecordBounds bounds, ResponseStore memory) {
        this.records = records;
        this.bounds = bounds;
        this.memory = memory;
    }

    @Override
    public void put(Tenant tenant, StoredResponse response) {
        @Nullable Database database = records.database().orElse(null);
        if (database == null || response.size() > bounds.bytes()) {
            memory.put(tenant, response);
            return;
        }
        try {
            long now = records.now();
            Records.write(database, () -> {
                database.update(
                        "INSERT INTO responses (tenant, id, at, bytes, previous, input, response, ended)"
                                + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
                                + " ON CONFLICT (tenant, id) DO UPDATE SET at = excluded.at, bytes = excluded.bytes,"
                                + " previous = excluded.previous, input = excluded.input,"
                                + " response = excluded.response, ended = excluded.ended",
                        tenant.name(),
                        response.id(),
                        now,
                        response.size(),
                        response.previous().orElse(null),
                        response.input(),
                        response.response(),
                        response.ended() ? 1 : 0);
                Records.shrink(database, "responses", tenant, bounds);
                return response;
            });
            memory.delete(tenant, response.id());
        } catch (StorageException e) {
            Records.failed(e);
            memory.put(tenant, response);
        }
    }

    @Override
    public Optional<StoredResponse> get(Tenant tenant, String id) {
        Optional<StoredResponse> recent = memory.get(tenant, id);
        @Nullable Database database = records.database().orElse(null);
        if (recent.isPresent() || database == null) {
            return recent;
        }
        try {
            long oldest = records.now() - bounds.responseSeconds();
            Optional<StoredResponse> found = database.first(
                    "SELECT previous, input, response, ended FROM responses WHERE tenant = ? AND id = ? AND at >= ?",
                    row -> new StoredResponse(
                            id,
                            Optional.of(row.text(1)).filter(previous -> !previous.isEmpty()),
                            row.text(2),
                            row.text(3),
                            row.number(4) != 0),
                    tenant.name(),
                    id,
                    oldest);
            if (found.isPresent()) {
                database.update(
                        "UPDATE responses SET at = ? WHERE tenant = ? AND id = ? AND at < ?",
                        records.now(),
                        tenant.name(),
                        id,
                        records.now());
            }
            return found;
        } catch (StorageException e) {
            Records.failed(e);
            return Optional.empty();
        }
    }

    @Override
    public boolean delete(Tenant tenant, String id) {
        boolean recent = memory.delete(tenant, id);
        @Nullable Database database = records.database().orElse(null);
        if (database == null) {
            return recent;
        }
        try {
            return database.update("DELETE FROM responses WHERE tenant = ? AND id = ?", tenant.name(), id) > 0
                    || recent;
        } catch (StorageException e) {
            Records.failed(e);
            return recent;
        }
    }
}
