package telos.upstream;

import java.time.Duration;

/**
 * How long a server is waited for. Each is a bound on silence, not on the whole answer.
 *
 * @param connect until the connection stands
 * @param listing until it has said which models it has
 * @param head until an answer begins; a long prompt on a slow machine is read in this time
 * @param silence between two pieces of an answer
 * @param breath after which whoever waits is asked whether they are still there
 */
record Patience(Duration connect, Duration listing, Duration head, Duration silence, Duration breath) {
    static final Patience USUAL = new Patience(
            Duration.ofSeconds(10),
            Duration.ofSeconds(20),
            Duration.ofMinutes(5),
            Duration.ofMinutes(2),
            Duration.ofSeconds(5));

    static String shown(Duration time) {
        return time.toSeconds() > 0 ? time.toSeconds() + " s" : time.toMillis() + " ms";
    }
}
