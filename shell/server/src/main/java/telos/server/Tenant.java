package telos.server;

import java.util.Objects;

/** Whose request it is. Requests of different tenants never share cached blocks, stored answers or quotas. */
public record Tenant(String name) {
    /** Whoever reaches a daemon that has no keys. */
    public static final Tenant LOCAL = new Tenant("local");

    public Tenant {
        Objects.requireNonNull(name, "name");
    }
}
