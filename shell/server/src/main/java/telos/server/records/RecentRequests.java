package telos.server.records;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import telos.server.Tenant;

/** The requests with a key that came last, in memory. One that is being carried out is never forgotten. */
public final class RecentRequests implements IdempotencyStore {
    private record Key(String key, Tenant tenant) {}

    /** @param answer null while the request is being carried out */
    private record Known(String bodyHash, @Nullable Replay answer, long size) {}

    private static final long OVERHEAD = 256;

    private final LinkedHashMap<Key, Known> oldestFirst = new LinkedHashMap<>();
    private final long most;
    private long size;

    /** @param bytes how much all of them may take */
    public RecentRequests(long bytes) {
        this.most = bytes;
    }

    @Override
    public synchronized Begun begin(String key, Tenant tenant, String bodyHash) {
        Key name = new Key(key, tenant);
        @Nullable Known known = oldestFirst.get(name);
        if (known == null) {
            put(name, new Known(bodyHash, null, OVERHEAD));
            return new Fresh();
        }
        if (!known.bodyHash().equals(bodyHash)) {
            return new Mismatch();
        }
        @Nullable Replay answer = known.answer();
        return answer == null ? new InProgress() : answer;
    }

    @Override
    public synchronized void complete(String key, Tenant tenant, int status, String contentType, byte[] body) {
        Key name = new Key(key, tenant);
        @Nullable Known begun = remove(name);
        if (begun != null) {
            put(name, new Known(begun.bodyHash(), new Replay(status, contentType, body), OVERHEAD + body.length));
        }
    }

    @Override
    public synchronized void abandon(String key, Tenant tenant) {
        remove(new Key(key, tenant));
    }

    private @Nullable Known remove(Key name) {
        @Nullable Known gone = oldestFirst.remove(name);
        size -= gone == null ? 0 : gone.size();
        return gone;
    }

    private void put(Key name, Known known) {
        oldestFirst.put(name, known);
        size += known.size();
        var each = oldestFirst.entrySet().iterator();
        while (size > most && each.hasNext()) {
            Map.Entry<Key, Known> eldest = each.next();
            if (eldest.getValue().answer() != null) {
                size -= eldest.getValue().size();
                each.remove();
            }
        }
    }
}
