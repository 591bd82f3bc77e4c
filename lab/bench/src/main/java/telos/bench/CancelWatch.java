package telos.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Whether a request that its client broke off was given up by the daemon. */
interface CancelWatch {
    /** The request is about to be made. */
    void begin() throws IOException;

    /** What is wrong now that the client has broken it off, if anything. */
    Optional<String> fault() throws BenchException, IOException, InterruptedException;

    /** By the blocks in use, which must soon be none, and by the tokens generated, which must be fewer than were asked for. */
    final class OfDaemon implements CancelWatch {
        private static final Duration PATIENCE = Duration.ofSeconds(10);

        private final Launcher telos;
        private final AdminSocket admin;
        private final long askedFor;
        private long before;

        /**
         * Watches one daemon.
         *
         * @param askedFor tokens that the request takes at least when nobody breaks it off
         */
        OfDaemon(Launcher telos, AdminSocket admin, long askedFor) {
            this.telos = telos;
            this.admin = admin;
            this.askedFor = askedFor;
        }

        @Override
        public void begin() throws IOException {
            before = admin.generatedTokens();
        }

        @Override
        public Optional<String> fault() throws BenchException, IOException, InterruptedException {
            if (admin.blocksLeft(PATIENCE) != 0) {
                int left = telos.run("mem", "--json")
                        .json()
                        .path("blocks")
                        .path("used")
                        .asInt(-1);
                return Optional.of(left + " blocks in use " + PATIENCE.toSeconds() + " s later");
            }
            long tokens = admin.generatedTokens() - before;
            return tokens < askedFor
                    ? Optional.empty()
                    : Optional.of("the daemon went on to the end: " + tokens + " tokens");
        }
    }
}
