package telos.cli.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;

/** A Unix socket whose reads and writes end after a time, and at once when the thread is interrupted. */
final class TimedChannel extends InputStream {
    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private final ByteBuffer buffer = ByteBuffer.allocate(16 * 1024).flip();
    private final long timeoutMillis;

    /** Connects, which a Unix socket does or refuses at once. */
    TimedChannel(Path socket, Duration timeout) throws IOException {
        channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            channel.configureBlocking(false);
            selector = Selector.open();
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        key = channel.register(selector, 0);
        timeoutMillis = timeout.toMillis();
    }

    void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            if (channel.write(bytes) == 0) {
                await(SelectionKey.OP_WRITE);
            }
        }
    }

    private void await(int operation) throws IOException {
        key.interestOps(operation);
        int ready = selector.select(timeoutMillis);
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted");
        }
        if (ready == 0) {
            throw new SocketTimeoutException("no answer for " + timeoutMillis / 1000.0 + " s");
        }
        selector.selectedKeys().clear();
    }

    private boolean fill() throws IOException {
        buffer.clear();
        int count = channel.read(buffer);
        while (count == 0) {
            await(SelectionKey.OP_READ);
            count = channel.read(buffer);
        }
        buffer.flip();
        return count > 0;
    }

    @Override
    public int read() throws IOException {
        return buffer.hasRemaining() || fill() ? buffer.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!buffer.hasRemaining() && !fill()) {
            return -1;
        }
        int count = Math.min(length, buffer.remaining());
        buffer.get(bytes, offset, count);
        return count;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        selector.close();
    }
}
