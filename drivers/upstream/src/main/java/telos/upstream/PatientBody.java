package telos.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer as a stream whose reader waits for the next byte for a bounded time only. Closing it before its
 * end closes the connection; so does an interrupt of the reader.
 */
final class PatientBody extends InputStream implements HttpResponse.BodySubscriber<PatientBody> {
    /** What the client's thread hands over. */
    private sealed interface Arrival {
        record Bytes(List<ByteBuffer> buffers) implements Arrival {}

        record End(@Nullable Throwable fault) implements Arrival {}
    }

    /** Asked now and then while nothing comes; throwing ends the waiting. */
    @FunctionalInterface
    interface Waiting {
        void stillThere() throws IOException;
    }

    private final Duration silence;
    private final Duration breath;
    private final Waiting waiting;
    private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
    private final CompletableFuture<Flow.Subscription> subscription = new CompletableFuture<>();
    private List<ByteBuffer> current = List.of();
    private int index;
    private boolean ended;

    PatientBody(Duration silence, Duration breath, Waiting waiting) {
        this.silence = silence;
        this.breath = breath;
        this.waiting = waiting;
    }

    @Override
    public CompletionStage<PatientBody> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        if (subscription.complete(given)) {
            given.request(1);
        } else {
            given.cancel();
        }
    }

    @Override
    public void onNext(List<ByteBuffer> item) {
        arrivals.add(new Arrival.Bytes(item));
    }

    @Override
    public void onError(Throwable fault) {
        arrivals.add(new Arrival.End(fault));
    }

    @Override
    public void onComplete() {
        arrivals.add(new Arrival.End(null));
    }

    /** Moves to a buffer that holds something; false at the end. */
    private boolean fill() throws IOException {
        while (true) {
            while (index < current.size()) {
                if (current.get(index).hasRemaining()) {
                    return true;
                }
                index++;
            }
            if (ended) {
                return false;
            }
            switch (next()) {
                case Arrival.Bytes(List<ByteBuffer> buffers) -> {
                    current = buffers;
                    index = 0;
                    var _ = subscription.thenAccept(each -> each.request(1));
                }
                case Arrival.End(Throwable fault) -> {
                    ended = true;
                    if (fault != null) {
                        throw new IOException("the connection broke (" + fault.getMessage() + ")", fault);
                    }
                }
            }
        }
    }

    private Arrival next() throws IOException {
        try {
            long left = silence.toNanos();
            while (left > 0) {
                long wait = Math.min(left, breath.toNanos());
                @Nullable Arrival arrival = arrivals.poll(wait, TimeUnit.NANOSECONDS);
                if (arrival != null) {
                    return arrival;
                }
                left -= wait;
                waiting.stillThere();
            }
        } catch (InterruptedException _) {
            close();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        } catch (IOException e) {
            close();
            throw e;
        }
        close();
        throw new IOException("it has sent nothing for " + Patience.shown(silence) + " in the middle of an answer");
    }

    @Override
    public int read() throws IOException {
        return fill() ? current.get(index).get() & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!fill()) {
            return -1;
        }
        ByteBuffer buffer = current.get(index);
        int count = Math.min(length, buffer.remaining());
        buffer.get(bytes, offset, count);
        return count;
    }

    @Override
    public void close() {
        if (!ended) {
            ended = true;
            var _ = subscription.thenAccept(Flow.Subscription::cancel);
        }
    }
}
