package telos.server.tenants;

import java.util.OptionalLong;

/**
 * What is known of an API key, but for the key itself. Times are seconds since 1970.
 *
 * @param name whose key it is: the tenant
 * @param hint how the key begins
 */
public record Key(
        String id,
        String name,
        String hint,
        Quota quota,
        Rank rank,
        long created,
        OptionalLong expires,
        OptionalLong revoked,
        OptionalLong lastUsed) {

    public boolean expired(long now) {
        return expires.isPresent() && expires.getAsLong() <= now;
    }

    boolean active(long now) {
        return revoked.isEmpty() && !expired(now);
    }

    Key revokedAt(long now) {
        return new Key(id, name, hint, quota, rank, created, expires, OptionalLong.of(now), lastUsed);
    }

    Key usedAt(long when) {
        return new Key(id, name, hint, quota, rank, created, expires, revoked, OptionalLong.of(when));
    }
}
