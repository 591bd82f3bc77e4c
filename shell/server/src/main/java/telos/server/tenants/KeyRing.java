package telos.server.tenants;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import telos.storage.StorageException;

/**
 * The API keys of one home. A key is found by its hash, so that nothing about it can be learned from how long the search
 * takes. Until the first key is made there is no file. Once there is one, requests need a key for good: revoking the
 * last does not open the door again.
 */
public final class KeyRing implements AutoCloseable {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    /** Names that mean something else: those who come without a key, and the rest of the tenants in a metric. */
    private static final List<String> TAKEN = List.of("local", "other");

    private static final String ID = "key-";
    private static final int MOST_KEYS = 10_000;

    /** What became of the wish for a key. */
    public sealed interface Making {}

    /**
     * It was made.
     *
     * @param secret the key in clear text; it cannot be had again
     */
    public record Made(String secret, Key key) implements Making {}

    public record Refused(String why) implements Making {}

    /** What became of a revocation. */
    public sealed interface Revoking {}

    public record Revoked(Key key) implements Revoking {}

    public record NoSuchKey(String why) implements Revoking {}

    /** What a text that was given as a key is. */
    public sealed interface Lookup {}

    public record Known(Key key) implements Lookup {}

    public record Unknown(String why) implements Lookup {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Key> byHash = new LinkedHashMap<>();
    private final Set<String> usedSince = new LinkedHashSet<>();
    private final Path home;
    private final RandomGenerator chance;
    private final LongSupplier epochSeconds;
    private @Nullable KeyFile file;

    private KeyRing(Path home, RandomGenerator chance, LongSupplier epochSeconds) {
        this.home = home;
        this.chance = chance;
        this.epochSeconds = epochSeconds;
    }

    /**
     * Reads the keys of a home.
     *
     * @param chance must be fit for secrets
     * @throws StorageException if there are keys that cannot be read; whoever serves requests must not go on without
     */
    public static KeyRing open(Path home, RandomGenerator chance, LongSupplier epochSeconds) throws StorageException {
        KeyRing ring = new KeyRing(home, chance, epochSeconds);
        if (Files.exists(KeyFile.in(home))) {
            ring.file().entries().forEach(each -> ring.byHash.put(each.hash(), each.key()));
        }
        return ring;
    }

    private KeyFile file() throws StorageException {
        @Nullable KeyFile open = file;
        if (open == null) {
            open = KeyFile.open(home);
            file = open;
        }
        return open;
    }

    /** Whether requests need a key. */
    public boolean guarded() {
        lock.lock();
        try {
            return !byHash.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Makes a key of the usual rank. */
    public Making make(String name, Quota quota, OptionalLong expires) throws StorageException {
        return make(name, quota, Rank.USUAL, expires);
    }

    /** Makes a key. It is on the disk when this returns. */
    public Making make(String name, Quota quota, Rank rank, OptionalLong expires) throws StorageException {
        if (!NAME.matcher(name).matches() || name.startsWith(ID)) {
            return new Refused("a key's name is 1 to 64 of A-Z a-z 0-9 . _ - and begins with a letter or a digit, but"
                    + " not with '" + ID + "'");
        }
        if (TAKEN.contains(name)) {
            return new Refused("the name '" + name + "' has a meaning of its own; choose another");
        }
        long now = epochSeconds.getAsLong();
        lock.lock();
        try {
            if (byHash.values().stream().anyMatch(key -> key.name().equals(name) && key.active(now))) {
                return new Refused("there is a key named '" + name + "'; revoke it first, or choose another name");
            }
            makeRoom(now);
            if (byHash.size() >= MOST_KEYS) {
                return new Refused("there are " + MOST_KEYS + " keys in use; revoke some first");
            }
            Secret secret = Secret.fresh(chance);
            Key key = new Key(
                    ID + Secret.letters(chance, 10),
                    name,
                    secret.hint(),
                    quota,
                    rank,
                    now,
                    expires,
                    OptionalLong.empty(),
                    OptionalLong.empty());
            file().add(new KeyFile.Entry(secret.hash(), key));
            byHash.put(secret.hash(), key);
            return new Made(secret.text(), key);
        } finally {
            lock.unlock();
        }
    }

    /** Forgets the oldest key that is of no use any more, where there are too many. */
    private void makeRoom(long now) throws StorageException {
        if (byHash.size() < MOST_KEYS) {
            return;
        }
        for (Map.Entry<String, Key> each : byHash.entrySet()) {
            if (!each.getValue().active(now)) {
                file().forget(each.getValue().id());
                byHash.remove(each.getKey());
                return;
            }
        }
    }

    /** Every key that was made, the oldest first. */
    public List<Key> list() {
        lock.lock();
        try {
            return List.copyOf(byHash.values());
        } finally {
            lock.unlock();
        }
    }

    /** Revokes a key, or every key of a name, from this moment on and for good; tells of the one that was made last. */
    public Revoking revoke(String idOrName) throws StorageException {
        long now = epochSeconds.getAsLong();
        lock.lock();
        try {
            boolean known = false;
            @Nullable Key last = null;
            for (Map.Entry<String, Key> each : byHash.entrySet()) {
                Key key = each.getValue();
                if (key.id().equals(idOrName) || key.name().equals(idOrName)) {
                    known = true;
                    if (key.revoked().isEmpty()) {
                        file().revoke(key.id(), now);
                        last = key.revokedAt(now);
                        each.setValue(last);
                    }
                }
            }
            if (last != null) {
                return new Revoked(last);
            }
            return new NoSuchKey(
                    known
                            ? "the key '" + idOrName + "' has been revoked already"
                            : "there is no key '" + idOrName + "'");
        } finally {
            lock.unlock();
        }
    }

    /** Finds the key that a request came with. */
    public Lookup find(String secret) {
        long now = epochSeconds.getAsLong();
        String hash = new Secret(secret).hash();
        lock.lock();
        try {
            @Nullable Key key = byHash.get(hash);
            if (key == null) {
                return new Unknown("this API key is not known here");
            }
            if (key.revoked().isPresent()) {
                return new Unknown("this API key has been revoked");
            }
            if (key.expired(now)) {
                return new Unknown("this API key has expired");
            }
            if (key.lastUsed().orElse(-1) < now) {
                byHash.put(hash, key.usedAt(now));
                usedSince.add(hash);
            }
            return new Known(key);
        } finally {
            lock.unlock();
        }
    }

    /** Writes down when keys were last used; to be called now and then. */
    public void flush() throws StorageException {
        lock.lock();
        try {
            List<Key> used = new ArrayList<>();
            for (String hash : usedSince) {
                @Nullable Key key = byHash.get(hash);
                if (key != null) {
                    used.add(key);
                }
            }
            usedSince.clear();
            if (!used.isEmpty()) {
                file().used(used);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            flush();
        } catch (StorageException e) {
            System.getLogger(KeyRing.class.getName())
                    .log(System.Logger.Level.WARNING, "when keys were last used is lost: {0}", e.getMessage());
        } finally {
            KeyFile open = file;
            if (open != null) {
                open.close();
            }
            lock.unlock();
        }
    }
}
