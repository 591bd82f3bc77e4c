package telos.server.tenants;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What one key has taken of its {@link Quota}. Times are nanoseconds of one clock that never goes back. */
final class Allowance {
    /** May it? */
    sealed interface Verdict {}

    record Granted() implements Verdict {}

    /** Not now; the wait is in nanoseconds and at least 1. */
    record Wait(String why, long nanos) implements Verdict {}

    /** Never under this quota. */
    record Beyond(String why) implements Verdict {}

    private static final Granted GRANTED = new Granted();
    /** Nobody knows when another request ends. */
    private static final long A_WHILE = 1_000_000_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Quota quota;
    private final @Nullable TokenBucket requests;
    private final @Nullable TokenBucket tokens;
    private int running;
    private long blocks;

    Allowance(Quota quota, long now) {
        this.quota = quota;
        this.requests = quota.requests() == 0 ? null : new TokenBucket(quota.requests(), now);
        this.tokens = quota.tokens() == 0 ? null : new TokenBucket(quota.tokens(), now);
    }

    Quota quota() {
        return quota;
    }

    /** Starts a request, unless something is used up; what was granted is given back by {@link #leave}. */
    Verdict enter(long now) {
        lock.lock();
        try {
            if (quota.concurrency() > 0 && running >= quota.concurrency()) {
                return new Wait(
                        "this key may have " + quota.concurrency() + " requests at once, and has them", A_WHILE);
            }
            if (tokens != null && tokens.untilHas(1, now) > 0) {
                return new Wait(
                        "this key may use " + quota.tokens() + " tokens a minute, and has used them",
                        tokens.untilHas(1, now));
            }
            if (requests != null) {
                long wait = requests.untilHas(1, now);
                if (wait > 0) {
                    return new Wait(
                            "this key may make " + quota.requests() + " requests a minute, and has made them", wait);
                }
                requests.take(1, now);
            }
            running++;
            return GRANTED;
        } finally {
            lock.unlock();
        }
    }

    void leave() {
        lock.lock();
        try {
            running--;
        } finally {
            lock.unlock();
        }
    }

    /** Takes blocks of KV memory, unless too many are in use; what was granted is given back by {@link #release}. */
    Verdict reserve(long wanted) {
        lock.lock();
        try {
            if (quota.blocks() > 0 && wanted > quota.blocks()) {
                return new Beyond("this request may need " + wanted + " blocks of KV memory, and this key may hold "
                        + quota.blocks() + "; shorten the prompt or lower 'max_tokens'");
            }
            if (quota.blocks() > 0 && blocks + wanted > quota.blocks()) {
                return new Wait(
                        "this key may hold " + quota.blocks() + " blocks of KV memory; " + blocks
                                + " are in use, and this request may need " + wanted,
                        A_WHILE);
            }
            blocks += wanted;
            return GRANTED;
        } finally {
            lock.unlock();
        }
    }

    void release(long taken) {
        lock.lock();
        try {
            blocks -= taken;
        } finally {
            lock.unlock();
        }
    }

    /** Counts tokens that were used. More than are left are owed, and later requests wait for them. */
    void charge(long used, long now) {
        lock.lock();
        try {
            if (tokens != null) {
                tokens.take(used, now);
            }
        } finally {
            lock.unlock();
        }
    }

    /** What is left, by the names of OpenAI's headers (OpenAI API, Rate limits). */
    Map<String, String> headers(long now) {
        Map<String, String> headers = new LinkedHashMap<>();
        lock.lock();
        try {
            told(requests, quota.requests(), "requests", now, headers::put);
            told(tokens, quota.tokens(), "tokens", now, headers::put);
        } finally {
            lock.unlock();
        }
        return headers;
    }

    private static void told(
            @Nullable TokenBucket bucket, int bound, String what, long now, BiConsumer<String, String> header) {
        if (bucket != null) {
            header.accept("x-ratelimit-limit-" + what, "" + bound);
            header.accept("x-ratelimit-remaining-" + what, "" + bucket.has(now));
            header.accept("x-ratelimit-reset-" + what, span(bucket.untilFull(now)));
        }
    }

    /** A span as OpenAI spells it: 20ms, 1.5s, 6m0s. */
    static String span(long nanos) {
        long millis = Math.ceilDiv(nanos, 1_000_000L);
        if (millis < 1000) {
            return millis + "ms";
        }
        if (millis < 60_000) {
            return millis % 1000 == 0 ? millis / 1000 + "s" : millis / 1000 + "." + tenths(millis) + "s";
        }
        long seconds = Math.ceilDiv(millis, 1000L);
        return seconds / 60 + "m" + seconds % 60 + "s";
    }

    private static String tenths(long millis) {
        return String.format(Locale.ROOT, "%03d", millis % 1000).replaceFirst("0+$", "");
    }
}
