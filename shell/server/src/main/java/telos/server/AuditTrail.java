package telos.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiConsumer;
import telos.storage.chain.ChainReader;
import telos.storage.chain.Link;

/** The audit of a home, read whether its daemon runs or not. */
public final class AuditTrail {
    static final String FOLDER = "audit";

    private final Path folder;
    private final ChainReader reader;

    public AuditTrail(Path home) {
        folder = home.resolve(FOLDER);
        reader = new ChainReader(folder);
    }

    /** What {@link #verify} finds. */
    public sealed interface Verdict {
        /**
         * Every record follows from the one before.
         *
         * @param first the oldest record that is kept; 0 if there is none
         * @param hash of the newest
         */
        record Whole(long first, long last, String hash) implements Verdict {}

        /** Somebody has changed it, or something was lost. */
        record Broken(String where, String why) implements Verdict {}
    }

    public Path folder() {
        return folder;
    }

    /** Every record, the oldest first: its number and a JSON object. Notes of the log itself are left out. */
    public void each(BiConsumer<Long, String> heard) throws IOException {
        reader.each(link -> {
            if (!link.note()) {
                heard.accept(link.number(), link.text());
            }
        });
    }

    /** Whether every record follows from the one before. */
    public Verdict verify() throws IOException {
        return switch (reader.verify()) {
            case ChainReader.Verdict.Whole(long first, long last, String hash) -> new Verdict.Whole(first, last, hash);
            case ChainReader.Verdict.Broken(String where, String why) -> new Verdict.Broken(where, why);
        };
    }

    /** The number of the record with that hash. */
    public Optional<Long> find(String hash) throws IOException {
        return reader.find(hash).map(Link::number);
    }
}
