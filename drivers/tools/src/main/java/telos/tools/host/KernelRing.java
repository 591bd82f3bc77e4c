package telos.tools.host;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;
import telos.tools.report.Unavailable;

/**
 * The kernel's message buffer through klogctl(3), which is syslog(2): one call that copies what is there, takes nothing
 * away and never waits, unlike reading {@code /dev/kmsg} or {@code /proc/kmsg}.
 */
final class KernelRing implements LogBuffer {
    private static final int READ_ALL = 3;
    private static final int BYTES = 1 << 20;
    private static final int NOT_PERMITTED = 1;
    private static final int NO_SUCH_CALL = 38;

    @Override
    @SuppressWarnings("restricted") // one call into the C library
    public String read() throws Unavailable {
        Linker linker = Linker.nativeLinker();
        MemorySegment function = linker.defaultLookup()
                .find("klogctl")
                .orElseThrow(() -> new Unavailable("this C library cannot read the kernel's log"));
        var errors = Linker.Option.captureStateLayout();
        MethodHandle klogctl = linker.downcallHandle(
                function,
                FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT),
                Linker.Option.captureCallState("errno"));
        VarHandle errno = errors.varHandle(MemoryLayout.PathElement.groupElement("errno"));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(BYTES);
            MemorySegment state = arena.allocate(errors);
            int length = (int) klogctl.invokeExact(state, READ_ALL, buffer, BYTES);
            if (length < 0) {
                throw refused((int) errno.get(state, 0L));
            }
            byte[] text = new byte[Math.min(length, BYTES)];
            MemorySegment.copy(buffer, 0, MemorySegment.ofArray(text), 0, text.length);
            return new String(text, StandardCharsets.UTF_8);
        } catch (Unavailable | RuntimeException | Error known) {
            throw known;
        } catch (Throwable never) {
            throw new IllegalStateException("klogctl(" + READ_ALL + ")", never);
        }
    }

    private static Unavailable refused(int errno) {
        return new Unavailable(
                switch (errno) {
                    case NOT_PERMITTED ->
                        "only root may read the kernel's log here (sysctl kernel.dmesg_restrict is 1)";
                    case NO_SUCH_CALL -> "this kernel keeps no log that programs can read";
                    default -> "the kernel's log cannot be read (error " + errno + ")";
                });
    }
}
