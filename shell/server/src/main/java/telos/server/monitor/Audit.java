package telos.server.monitor;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import telos.storage.chain.ChainedLog;

/** Where judgements are written down before anything is done. */
public interface Audit extends AutoCloseable {
    /**
     * Adds one record and numbers it.
     *
     * @param json on one line
     * @throws IOException if it cannot be written; then whatever it is about may not be done
     */
    long append(String json) throws IOException;

    /** Puts everything on the disk. */
    default void settle() {}

    @Override
    default void close() {}

    /** A hash-chained log of at most 8 files of 16 MiB, all of it the owner's. */
    static Audit in(Path folder) {
        ChainedLog log = new ChainedLog(folder, 16L << 20, 8);
        return new Audit() {
            @Override
            public synchronized long append(String json) throws IOException {
                return log.append(json).number();
            }

            @Override
            public void settle() {
                ChainedLog.Settling settling;
                synchronized (this) {
                    settling = log.settling();
                }
                try {
                    settling.settle(); // records go on being added meanwhile
                } catch (IOException e) {
                    warn(e);
                }
            }

            @Override
            public synchronized void close() {
                try {
                    log.close();
                } catch (IOException e) {
                    warn(e);
                }
            }

            private void warn(IOException e) {
                System.getLogger(Audit.class.getName())
                        .log(Level.WARNING, "the audit in {0} cannot be put on the disk: {1}", folder, e.getMessage());
            }
        };
    }
}
