package telos.server.records;

import telos.server.Tenant;

/** Knows the answers to requests that were sent with a key, so that one sent again is not carried out twice. */
public interface IdempotencyStore {
    /** What is known of a request. */
    sealed interface Begun {}

    /** Nothing: it is to be carried out, and then completed or abandoned. */
    record Fresh() implements Begun {}

    /** It is being carried out. */
    record InProgress() implements Begun {}

    /** It was answered so. */
    @SuppressWarnings("ArrayRecordComponent") // copied in and out
    record Replay(int status, String contentType, byte[] body) implements Begun {
        public Replay {
            body = body.clone();
        }

        @Override
        public byte[] body() {
            return body.clone();
        }
    }

    /** Its key was used for another request. */
    record Mismatch() implements Begun {}

    /**
     * A request came.
     *
     * @param bodyHash of all that makes the request what it is
     */
    Begun begin(String key, Tenant tenant, String bodyHash);

    /** The request that was begun has been answered. */
    void complete(String key, Tenant tenant, int status, String contentType, byte[] body);

    /** The request that was begun has no answer to be kept; sent again, it is fresh. */
    void abandon(String key, Tenant tenant);
}
