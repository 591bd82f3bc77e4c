package telos.server.api.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** Reads the bodies of all requests, within bounds of size, of rate, and of size together. */
final class Intake {
    private final Bounds bounds;
    private final AtomicLong held = new AtomicLong();

    Intake(Bounds bounds) {
        this.bounds = bounds;
    }

    /** The body of one request. What it takes of the common bound is given back by {@link #release}. */
    byte[] read(Request request) throws ApiException, IOException, InterruptedException {
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
                    request.demand(more::release);
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
