package telos.server.tenants;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Lets requests in by their keys, and counts what each tenant takes of its quota. */
public final class Admission {
    private static final long SECOND = 1_000_000_000;
    private static final String NO_KEY = "this daemon serves requests that come with an API key only: send it as"
            + " 'Authorization: Bearer …' or 'x-api-key: …'; the daemon's owner makes one with 'telos key create NAME'";

    /** What became of a request at the door. */
    public sealed interface Entry {}

    /**
     * It may be served.
     *
     * @param tenant empty where no key is needed
     * @param rank of its key
     * @param headers to be sent with the answer
     * @param leave to be run once, when it was answered
     */
    public record Entered(Optional<String> tenant, Rank rank, Map<String, String> headers, Runnable leave)
            implements Entry {}

    /** It came without a key, or with none that counts. */
    public record Stranger(String why) implements Entry {}

    /** Its tenant has taken what it may for now. */
    public record Exhausted(String tenant, String why, int retryAfterSeconds, Map<String, String> headers)
            implements Entry {}

    /** What became of the wish for KV memory. */
    public sealed interface Reservation {}

    /**
     * It is set aside.
     *
     * @param release to be run once, when it is not needed any more
     */
    public record Reserved(Runnable release) implements Reservation {}

    /**
     * There is none.
     *
     * @param retryAfterSeconds 0 where there never will be
     */
    public record Denied(String why, int retryAfterSeconds) implements Reservation {}

    private record Account(String key, Allowance allowance) {}

    private final ConcurrentMap<String, Account> accounts = new ConcurrentHashMap<>();
    private final KeyRing keys;
    private final LongSupplier nanos;

    public Admission(KeyRing keys, LongSupplier nanos) {
        this.keys = keys;
        this.nanos = nanos;
    }

    public Entry enter(Optional<String> given) {
        return known(given, this::enter);
    }

    /** Lets a request in that takes nothing of a quota, used up or not. */
    public Entry look(Optional<String> given) {
        return known(given, key -> new Entered(Optional.of(key.name()), key.rank(), Map.of(), () -> {}));
    }

    private Entry known(Optional<String> given, Function<Key, Entry> entry) {
        if (!keys.guarded()) {
            return new Entered(Optional.empty(), Rank.OWNER, Map.of(), () -> {});
        }
        if (given.isEmpty() || given.get().isBlank()) {
            return new Stranger(NO_KEY);
        }
        return switch (keys.find(given.get())) {
            case KeyRing.Unknown unknown -> new Stranger(unknown.why());
            case KeyRing.Known known -> entry.apply(known.key());
        };
    }

    private Entry enter(Key key) {
        long now = nanos.getAsLong();
        Account account = accounts.compute(
                key.name(),
                (_, had) -> had != null && had.key().equals(key.id())
                        ? had
                        : new Account(key.id(), new Allowance(key.quota(), now)));
        Allowance allowance = account.allowance();
        return switch (allowance.enter(now)) {
            case Allowance.Granted _ ->
                new Entered(Optional.of(key.name()), key.rank(), allowance.headers(now), allowance::leave);
            case Allowance.Wait wait ->
                new Exhausted(key.name(), wait.why(), seconds(wait.nanos()), allowance.headers(now));
            case Allowance.Beyond beyond -> new Exhausted(key.name(), beyond.why(), 60, allowance.headers(now));
        };
    }

    /** Whether a tenant's KV memory is bounded; if not, nobody needs to know how much it wants. */
    public boolean boundsBlocks(String tenant) {
        @Nullable Account account = accounts.get(tenant);
        return account != null && account.allowance().quota().blocks() > 0;
    }

    /** Whether a tenant's tokens are bounded; if not, nobody needs to know how many it uses. */
    public boolean boundsTokens(String tenant) {
        @Nullable Account account = accounts.get(tenant);
        return account != null && account.allowance().quota().tokens() > 0;
    }

    /**
     * Sets KV memory aside.
     *
     * @param blocks that may be needed
     */
    public Reservation reserve(String tenant, long blocks) {
        @Nullable Account account = accounts.get(tenant);
        if (account == null) {
            return new Reserved(() -> {});
        }
        Allowance allowance = account.allowance();
        return switch (allowance.reserve(blocks)) {
            case Allowance.Granted _ -> new Reserved(() -> allowance.release(blocks));
            case Allowance.Wait wait -> new Denied(wait.why(), seconds(wait.nanos()));
            case Allowance.Beyond beyond -> new Denied(beyond.why(), 0);
        };
    }

    /** Tokens that were used, of prompts and answers. */
    public void charge(String tenant, long tokens) {
        @Nullable Account account = accounts.get(tenant);
        if (account != null) {
            account.allowance().charge(tokens, nanos.getAsLong());
        }
    }

    private static int seconds(long nanoseconds) {
        return (int) Math.min(Integer.MAX_VALUE, Math.max(1, Math.ceilDiv(nanoseconds, SECOND)));
    }
}
