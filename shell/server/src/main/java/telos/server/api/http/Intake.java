package telos.server.api.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** Reads the bodies of all requests, within bounds of size, of rate, and of size together. */
final class Intake {
    private static final int SKIPPED_BYTES = 64 * 1024;
    private static final Duration SKIPPING = Duration.ofSeconds(1);

    private final Bounds bounds;
    private final AtomicLong held = new AtomicLong();

    Intake(Bounds bounds) {
        this.bounds = bounds;
    }

    /**
     * The body of one request. What it takes of the common bound is given back by {@link #release}.
     *
     * @param awaited whether more of it is being waited for: it may be asked for once at a time
     */
    byte[] read(Request request, AtomicBoolean awaited) throws ApiException, IOException, InterruptedException {
        if (request.getLength() > bounds.bodyBytes()) {
            throw tooLarge();
        }
        long start = System.nanoTime();
        Semaphore more = new Semaphore(0);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        boolean whole = false;
        try {
            while (true) {
                Content.Chunk chunk = request.read();
                if (chunk == null) {
                    demand(request, awaited, more);
                    if (!more.tryAcquire(left(start, out.size()), TimeUnit.NANOSECONDS)) {
                        throw ApiException.refused(
                                408, "the body came too slowly: " + out.size() + " bytes so far", "body_timeout");
                    }
                    continue;
                }
                if (Content.Chunk.isFailure(chunk)) {
                    throw broken(chunk.getFailure());
                }
                take(chunk, out);
                if (chunk.isLast()) {
                    whole = true;
                    return out.toByteArray();
                }
            }
        } finally {
            if (!whole) {
                release(out.size());
            }
        }
    }

    private static void demand(Request request, AtomicBoolean awaited, Semaphore more) {
        awaited.set(true);
        request.demand(() -> {
            awaited.set(false);
            more.release();
        });
    }

    /**
     * Throws away the body of a request that is answered without it, if it is small and there: the connection can then
     * be used again.
     *
     * @return whether nothing of it is left
     */
    boolean skip(Request request, AtomicBoolean awaited) {
        return request.getLength() <= SKIPPED_BYTES
                && !request.getHeaders().contains(HttpHeader.EXPECT)
                && pour(request, awaited, SKIPPED_BYTES, SKIPPING);
    }

    /** Throws away what a client still sends, for a while. */
    void linger(Request request, AtomicBoolean awaited) {
        if (!awaited.get() && !request.getHeaders().contains(HttpHeader.EXPECT)) {
            pour(request, awaited, bounds.bodyBytesTogether(), bounds.bodyGrace());
        }
    }

    private static boolean pour(Request request, AtomicBoolean awaited, long most, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        Semaphore more = new Semaphore(0);
        long poured = 0;
        try {
            while (true) {
                Content.Chunk chunk = request.read();
                if (chunk == null) {
                    demand(request, awaited, more);
                    if (!more.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                        return false;
                    }
                    continue;
                }
                if (Content.Chunk.isFailure(chunk)) {
                    return false;
                }
                poured += chunk.remaining();
                boolean last = chunk.isLast();
                chunk.release();
                if (last || poured > most || System.nanoTime() > end) {
                    return last;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Takes more of the common bound, for what a request makes of its body; given back by {@link #release}. */
    void charge(long bytes) throws ApiException {
        if (held.addAndGet(bytes) > bounds.bodyBytesTogether()) {
            held.addAndGet(-bytes);
            throw full();
        }
    }

    private static ApiException full() {
        return ApiException.comeBack(503, "too many large requests at once; ask again", "overloaded", 1);
    }

    void release(long bytes) {
        held.addAndGet(-bytes);
    }

    private void take(Content.Chunk chunk, ByteArrayOutputStream out) throws ApiException {
        try {
            int size = chunk.remaining();
            if (out.size() + size > bounds.bodyBytes()) {
                throw tooLarge();
            }
            charge(size);
            byte[] bytes = new byte[size];
            ByteBuffer buffer = chunk.getByteBuffer();
            buffer.get(bytes);
            out.writeBytes(bytes);
        } finally {
            chunk.release();
        }
    }

    /** How long the next bytes may take: a grace, and the time that the bytes so far would have taken. */
    private long left(long start, int bytes) {
        Duration allowed = bounds.bodyGrace().plusMillis(bytes * 1000L / bounds.bodyBytesPerSecond());
        return start + allowed.toNanos() - System.nanoTime();
    }

    private ApiException tooLarge() {
        return ApiException.refused(413, "the body is larger than " + bounds.bodyBytes() + " bytes", "too_large");
    }

    private static IOException broken(Throwable failure) throws ApiException {
        if (failure instanceof HttpException http) {
            throw ApiException.refused(http.getCode(), "the body cannot be read: " + http.getReason(), null);
        }
        return failure instanceof IOException io ? io : new IOException("the client went away", failure);
    }
}
