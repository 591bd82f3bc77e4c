package telos.server.records;

import java.util.LinkedHashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import telos.server.Tenant;

/** The responses that were asked for last, in memory. */
public final class RecentResponses implements ResponseStore {
    private record Key(Tenant tenant, String id) {}

    /** The one that was not asked for longest comes first. */
    private final LinkedHashMap<Key, StoredResponse> byUse = new LinkedHashMap<>(16, 0.75f, true);

    private final long most;
    private long size;

    /** @param bytes how much all of them may take */
    public RecentResponses(long bytes) {
        this.most = bytes;
    }

    @Override
    public synchronized void put(Tenant tenant, StoredResponse response) {
        size += response.size();
        @Nullable StoredResponse before = byUse.put(new Key(tenant, response.id()), response);
        size -= before == null ? 0 : before.size();
        var eldest = byUse.values().iterator();
        while (size > most && eldest.hasNext()) {
            size -= eldest.next().size();
            eldest.remove();
        }
    }

    @Override
    public synchronized Optional<StoredResponse> get(Tenant tenant, String id) {
        return Optional.ofNullable(byUse.get(new Key(tenant, id)));
    }

    @Override
    public synchronized boolean delete(Tenant tenant, String id) {
        @Nullable StoredResponse gone = byUse.remove(new Key(tenant, id));
        size -= gone == null ? 0 : gone.size();
        return gone != null;
    }
}
