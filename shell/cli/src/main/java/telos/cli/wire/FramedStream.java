package telos.cli.wire;

import java.io.IOException;
import java.io.InputStream;

/** The body of an answer, of a stated length or in chunks; an end before the stated end is a failure. */
final class FramedStream extends InputStream {
    private final InputStream in;
    private final boolean chunked;
    private long remaining;
    private boolean first = true;
    private boolean ended;

    FramedStream(InputStream in, long length, boolean chunked) {
        this.in = in;
        this.remaining = length;
        this.chunked = chunked;
    }

    private boolean atEnd() throws IOException {
        if (!ended && remaining == 0) {
            if (!chunked) {
                ended = true;
            } else {
                nextChunk();
            }
        }
        return ended;
    }

    private void nextChunk() throws IOException {
        if (!first && !Exchange.line(in).isEmpty()) {
            throw new ProtocolException("a chunk of the answer is longer than it says");
        }
        first = false;
        String line = Exchange.line(in);
        int semicolon = line.indexOf(';');
        String size = (semicolon < 0 ? line : line.substring(0, semicolon)).strip();
        if (!size.matches("[0-9a-fA-F]{1,8}")) {
            throw new ProtocolException("a chunk of the answer gives its length as '" + size + "'");
        }
        remaining = Long.parseLong(size, 16);
        if (remaining == 0) {
            ended = true;
            while (!Exchange.line(in).isEmpty()) {
                // trailers say nothing that a command needs
            }
        }
    }

    @Override
    public int read() throws IOException {
        if (atEnd()) {
            return -1;
        }
        int c = in.read();
        if (c < 0) {
            throw cutShort();
        }
        remaining--;
        return c;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (atEnd()) {
            return -1;
        }
        int count = in.read(bytes, offset, (int) Math.min(length, remaining));
        if (count < 0) {
            throw cutShort();
        }
        remaining -= count;
        return count;
    }

    private static ProtocolException cutShort() {
        return new ProtocolException("the daemon closed the connection before its answer was complete");
    }
}
