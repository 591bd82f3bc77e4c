package telos.server;

import java.lang.System.Logger.Level;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import telos.server.api.Doors;
import telos.server.api.http.Bounds;
import telos.server.clock.Clocks;
import telos.server.records.Records;
import telos.server.sight.AccessLog;
import telos.server.sight.Ledger;
import telos.server.sight.TraceOptions;
import telos.server.tenants.Admission;
import telos.server.tenants.KeyDesk;
import telos.server.tenants.KeyRing;
import telos.storage.StorageException;

/** What a daemon keeps beside its models: keys, what tenants took, stored answers, and what it tells of its work. */
record Books(KeyRing keys, Admission admission, Ledger ledger, Records records) implements AutoCloseable {
    static final LongSupplier CLOCK = () -> System.currentTimeMillis() / 1000;

    private static final System.Logger LOG = System.getLogger(Books.class.getName());
    private static final long ACCESS_LOG_BYTES = 16L << 20;
    private static final int ACCESS_LOGS_ASIDE = 3;

    /**
     * Opens the books of a home.
     *
     * @throws DaemonException if its keys cannot be read: without them nobody could be refused
     */
    static Books open(DaemonOptions options) throws DaemonException {
        try {
            KeyRing keys = KeyRing.open(options.home(), new SecureRandom(), CLOCK);
            Ledger ledger = Ledger.open(
                    new AccessLog(options.home().resolve("access.log"), ACCESS_LOG_BYTES, ACCESS_LOGS_ASIDE),
                    TraceOptions.of(options.sight().environment()),
                    options.sight().words());
            return new Books(keys, new Admission(keys, System::nanoTime), ledger, new Records(options.home(), CLOCK));
        } catch (StorageException e) {
            throw new DaemonException(String.valueOf(e.getMessage()), e);
        }
    }

    /** By which requests are served that call this machine by one of these names. */
    Doors.Rules rules(Set<String> names, Clocks clocks) {
        return new Doors.Rules(
                Bounds.USUAL,
                new TenantGate(admission),
                records.responses(),
                records.requests(),
                ledger,
                Optional.of(new KeyDesk(keys, CLOCK)),
                names,
                clocks,
                Optional.empty());
    }

    /** Writes down what may be lost when the process is killed, and forgets what is too old. */
    void tidy() {
        try {
            keys.flush();
        } catch (StorageException e) {
            LOG.log(Level.WARNING, "when keys were last used cannot be written: {0}", e.getMessage());
        }
        records.tidy();
    }

    @Override
    public void close() {
        ledger.close();
        records.close();
        keys.close();
    }
}
