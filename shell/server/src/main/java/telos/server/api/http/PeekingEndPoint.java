package telos.server.api.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * A connection that can be asked whether its client has closed it, while nobody reads from it. What such a look finds
 * instead of an end is kept for the next reader.
 */
final class PeekingEndPoint extends SocketChannelEndPoint {
    private static final int AHEAD = 1024;

    /** In flush mode: what was read ahead lies between position and limit. */
    private ByteBuffer ahead = BufferUtil.EMPTY_BUFFER;

    private boolean ended;

    PeekingEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
        super(channel, selector, key, scheduler);
    }

    /** Whether the client has closed the connection. To be asked only while nothing else reads. */
    synchronized boolean ended() {
        if (ended || ahead.remaining() >= AHEAD) {
            return ended;
        }
        try {
            if (ahead.capacity() == 0) {
                ahead = BufferUtil.allocate(AHEAD);
            }
            int position = BufferUtil.flipToFill(ahead);
            try {
                ended = getChannel().read(ahead) < 0;
            } finally {
                BufferUtil.flipToFlush(ahead, position);
            }
        } catch (IOException e) {
            ended = true;
        }
        return ended;
    }

    @Override
    public int fill(ByteBuffer buffer) throws IOException {
        synchronized (this) {
            if (ahead.hasRemaining()) {
                int position = BufferUtil.flipToFill(buffer);
                int taken = BufferUtil.put(ahead, buffer);
                BufferUtil.flipToFlush(buffer, position);
                return taken;
            }
        }
        return super.fill(buffer);
    }

    @Override
    protected void needsFillInterest() {
        boolean waits;
        synchronized (this) {
            waits = ahead.hasRemaining();
        }
        if (waits) {
            Thread.ofVirtual().start(() -> getFillInterest().fillable());
        } else {
            super.needsFillInterest();
        }
    }
}
