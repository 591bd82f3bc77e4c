package telos.server.api.http;

import java.time.Duration;

/**
 * What clients may take, so that no number of them takes the daemon down.
 *
 * @param bodyBytes of one request
 * @param bodyBytesTogether of all requests that are being answered
 * @param bodyGrace how long a body may take before its rate counts
 * @param bodyBytesPerSecond the least rate of a body after that
 * @param writeStall how long an answer waits for a client that reads nothing
 * @param idle how long a connection may go without completing the head of a request
 * @param connections open at once; one more closes the one that was idle longest
 * @param requests being answered at once; more are told to come back
 */
public record Bounds(
        int bodyBytes,
        long bodyBytesTogether,
        Duration bodyGrace,
        int bodyBytesPerSecond,
        Duration writeStall,
        Duration idle,
        int connections,
        int requests) {
    public static final Bounds USUAL = new Bounds(
            16 << 20,
            64L << 20,
            Duration.ofSeconds(10),
            4096,
            Duration.ofSeconds(30),
            Duration.ofSeconds(75),
            8192,
            4096);

    public Bounds {
        if (bodyBytes < 1 || bodyBytesTogether < 1 || bodyBytesPerSecond < 1 || connections < 1 || requests < 1) {
            throw new IllegalArgumentException("every bound must be at least 1");
        }
    }
}
