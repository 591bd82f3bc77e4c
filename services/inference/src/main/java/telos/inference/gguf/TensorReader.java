package telos.inference.gguf;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Copies tensors from an open file into the caller's memory. Threads may share one. */
public final class TensorReader implements AutoCloseable {
    private static final int STEP = 1 << 20;

    private final Path path;
    private final FileChannel channel;

    TensorReader(Path path, FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /** Fills {@code target} with the tensor's bytes from byte {@code from} of the tensor on. */
    public void read(TensorInfo tensor, long from, MemorySegment target) throws GgufException {
        long length = target.byteSize();
        if (from < 0 || length > tensor.bytes() || from > tensor.bytes() - length) {
            throw new IllegalArgumentException("bytes " + from + " + " + length + " are not within the "
                    + tensor.bytes() + " of " + tensor.name());
        }
        long done = 0;
        while (done < length) {
            int step = (int) Math.min(STEP, length - done);
            ByteBuffer buffer = target.asSlice(done, step).asByteBuffer();
            long at = tensor.offset() + from + done;
            int count;
            try {
                count = channel.read(buffer, at);
            } catch (IOException e) {
                throw new GgufException(
                        path + ": cannot be read at byte " + at + " (tensor " + tensor.name() + "): " + e.getMessage(),
                        e);
            }
            if (count < 0) {
                throw new GgufException(path + ": ended at byte " + at + " while the tensor " + tensor.name()
                        + " was read: the file was cut while it was loading. Copy it again, then load it");
            }
            done += count;
        }
    }

    /** The whole tensor as its raw bytes on the heap; for tensors below 2 GiB. */
    public MemorySegment read(TensorInfo tensor) throws GgufException {
        if (tensor.bytes() > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException(tensor.name() + " is too large for the heap; read it in parts");
        }
        MemorySegment target = MemorySegment.ofArray(new byte[(int) tensor.bytes()]);
        read(tensor, 0, target);
        return target;
    }

    /** The whole tensor decoded to floats; for small tensors such as norms. */
    public float[] floats(TensorInfo tensor) throws GgufException {
        float[] values = new float[Math.toIntExact(tensor.elements())];
        BlockCodec.decode(tensor.type(), read(tensor), 0, values, 0, values.length);
        return values;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException _) {
            // Nothing was written: there is nothing to lose.
        }
    }
}
