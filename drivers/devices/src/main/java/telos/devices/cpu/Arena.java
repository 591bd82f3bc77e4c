package telos.devices.cpu;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Owns native memory for as long as a model or a KV store lives. Kernels reach it by address, without liveness checks:
 * close it only when no kernel runs on it any more.
 */
public final class Arena implements AutoCloseable {
    private final java.lang.foreign.Arena memory = java.lang.foreign.Arena.ofShared();
    private final AtomicLong bytes = new AtomicLong();

    /** Zeroed memory. Any thread may use it until {@link #close}. */
    public MemorySegment allocate(long size, long alignment) {
        MemorySegment segment = memory.allocate(size, alignment);
        bytes.addAndGet(size);
        return segment;
    }

    /** How much was allocated from here. */
    public long bytes() {
        return bytes.get();
    }

    @Override
    public void close() {
        if (memory.scope().isAlive()) {
            memory.close();
        }
    }
}
