package telos.server.records;

import java.util.Optional;
import telos.server.Tenant;

/** Keeps responses, as many as fit; those that nobody asked for longest are forgotten first. */
public interface ResponseStore {
    /** Keeps a response, in place of an earlier state of it. */
    void put(Tenant tenant, StoredResponse response);

    Optional<StoredResponse> get(Tenant tenant, String id);

    /** Forgets a response; tells whether it was there. */
    boolean delete(Tenant tenant, String id);
}
