package telos.server.monitor;

import java.io.IOException;
import java.util.UUID;
import java.util.function.LongSupplier;
import telos.kernel.security.Label;
import telos.kernel.security.policy.KnownCall;

/**
 * What one daemon writes into the audit: each record names it, and the first says that it began, by which rules. Not safe for use
 * by several threads, but for {@link #settle}.
 */
final class Journal implements AutoCloseable {
    private final String daemon = UUID.randomUUID().toString().substring(0, 8);
    private final Audit audit;
    private final LongSupplier epochMillis;
    private boolean announced = true;

    Journal(Audit audit, LongSupplier epochMillis) {
        this.audit = audit;
        this.epochMillis = epochMillis;
    }

    /** The next record is preceded by one that says that the daemon began. */
    void begins() {
        announced = false;
    }

    /** In milliseconds since 1970. */
    long now() {
        return epochMillis.getAsLong();
    }

    /** The number of the record, once it is written. */
    long append(AuditRecord record, Rules rules) throws IOException {
        if (!announced) {
            audit.append(AuditRecord.of(now(), "started")
                    .with("daemon", daemon)
                    .with("policy", rules.toString())
                    .toString());
            announced = true;
        }
        return audit.append(record.toString());
    }

    /** A record of what somebody wanted, and what came of it. */
    AuditRecord record(String verdict, Subject subject, KnownCall call, Label result, Rules rules) {
        return AuditRecord.of(now(), verdict, subject, call, result)
                .with("daemon", daemon)
                .with("policy", rules.toString());
    }

    /** Puts the audit on the disk. */
    void settle() {
        audit.settle();
    }

    @Override
    public void close() {
        audit.close();
    }
}
