package telos.inference.gguf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/** A bounded forward reader of little-endian values; it never reads past the size that it was given. */
final class Cursor {
    private final String source;
    private final FileChannel channel;
    private final long size;
    private final ByteBuffer buffer =
            ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN).limit(0);
    private long loaded;

    Cursor(String source, FileChannel channel, long size) {
        this.source = source;
        this.channel = channel;
        this.size = size;
    }

    long position() {
        return loaded - buffer.remaining();
    }

    long remaining() {
        return size - position();
    }

    int u8() throws GgufException {
        return need(1).get() & 0xff;
    }

    int u16() throws GgufException {
        return need(2).getShort() & 0xffff;
    }

    int i32() throws GgufException {
        return need(4).getInt();
    }

    long i64() throws GgufException {
        return need(8).getLong();
    }

    float f32() throws GgufException {
        return need(4).getFloat();
    }

    double f64() throws GgufException {
        return need(8).getDouble();
    }

    /** A length-prefixed UTF-8 text of at most {@code most} bytes; malformed bytes become U+FFFD. */
    String text(String what, int most) throws GgufException {
        long at = position();
        long length = i64();
        if (length < 0 || length > most) {
            throw fault(
                    at,
                    what + " claims a length of " + Long.toUnsignedString(length) + " bytes; at most " + most
                            + " are allowed");
        }
        if (length > remaining()) {
            throw fault(at, what + " claims a length of " + length + " bytes, but the file ends after " + remaining());
        }
        byte[] bytes = new byte[(int) length];
        int done = 0;
        while (done < bytes.length) {
            int step = Math.min(bytes.length - done, buffer.capacity());
            need(step).get(bytes, done, step);
            done += step;
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    GgufException fault(long at, String what) {
        return new GgufException(
                source + ": at byte " + at + ": " + what + ". The file is damaged: download or convert it again");
    }

    private ByteBuffer need(int bytes) throws GgufException {
        if (buffer.remaining() < bytes) {
            if (remaining() < bytes) {
                throw fault(position(), "the file ends in the middle of its header (it has " + size + " bytes)");
            }
            buffer.compact();
            try {
                while (buffer.position() < bytes) {
                    int most = (int) Math.min(buffer.remaining(), size - loaded);
                    int count = channel.read(buffer.slice(buffer.position(), most), loaded);
                    if (count < 0) {
                        throw fault(loaded, "the file became shorter while it was read");
                    }
                    loaded += count;
                    buffer.position(buffer.position() + count);
                }
            } catch (GgufException e) {
                throw e;
            } catch (IOException e) {
                throw new GgufException(source + ": cannot be read at byte " + loaded + ": " + e.getMessage(), e);
            } finally {
                buffer.flip();
            }
        }
        return buffer;
    }
}
