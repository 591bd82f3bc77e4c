package telos.server.api.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** The body of an answer: each write waits until it is on its way, and gives up on a client that reads nothing. */
final class ResponseOutlet implements Outlet {
    /** What a client must read before its patience is counted anew. */
    private static final int SLICE_BYTES = 64 * 1024;

    private final Response response;
    private final Duration stall;
    private final Runnable beforeLast;
    private Recorder recorder = Recorder.NONE;

    /** @param beforeLast run before the last of the answer is written */
    ResponseOutlet(Response response, Duration stall, Runnable beforeLast) {
        this.response = response;
        this.stall = stall;
        this.beforeLast = beforeLast;
    }

    void record(Recorder newRecorder) {
        recorder = newRecorder;
    }

    @Override
    public void write(boolean last, byte[] bytes) throws IOException {
        recorder.writes(last, bytes);
        if (last) {
            beforeLast.run();
        }
        int at = 0;
        do {
            int size = Math.min(SLICE_BYTES, bytes.length - at);
            slice(last && at + size == bytes.length, ByteBuffer.wrap(bytes, at, size));
            at += size;
        } while (at < bytes.length);
    }

    private void slice(boolean last, ByteBuffer bytes) throws IOException {
        Callback.Completable written = new Callback.Completable();
        response.write(last, bytes, written);
        try {
            written.get(stall.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new IOException("the client has not read for " + stall.toSeconds() + " seconds", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException("the client is gone", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("the daemon is stopping");
            interrupted.initCause(e);
            throw interrupted;
        }
    }
}
