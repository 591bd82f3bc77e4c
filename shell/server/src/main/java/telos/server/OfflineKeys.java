package telos.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.function.Function;
import telos.server.tenants.KeyDesk;
import telos.server.tenants.KeyRing;
import telos.storage.StorageException;

/** The keys of a home whose daemon does not run; answers are those of the daemon's admin API. */
public final class OfflineKeys {
    private OfflineKeys() {}

    /** A status of HTTP and a JSON object. */
    public record Answer(int status, String json) {}

    /** Answers {@code GET /keys}. */
    public static Answer list(Path home) throws DaemonException {
        return asked(home, KeyDesk::list);
    }

    /** Answers {@code POST /keys}. */
    public static Answer make(Path home, String request) throws DaemonException {
        return asked(home, desk -> desk.make(request));
    }

    /** Answers {@code DELETE /keys/{id}}. */
    public static Answer revoke(Path home, String idOrName) throws DaemonException {
        return asked(home, desk -> desk.revoke(idOrName));
    }

    /** The home is held meanwhile, as a daemon would: there is one writer. */
    private static Answer asked(Path home, Function<KeyDesk, KeyDesk.Answer> question) throws DaemonException {
        try (FileChannel _ = Daemon.lock(home);
                KeyRing keys = KeyRing.open(home, new SecureRandom(), Books.CLOCK)) {
            KeyDesk.Answer answer = question.apply(new KeyDesk(keys, Books.CLOCK));
            return new Answer(answer.status(), answer.json());
        } catch (StorageException | IOException e) {
            throw new DaemonException(String.valueOf(e.getMessage()), e);
        }
    }
}
