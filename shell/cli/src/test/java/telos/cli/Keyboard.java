package telos.cli;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Somebody at a terminal, see pty(7): types, and sees what is written there. */
final class Keyboard implements AutoCloseable {
    private static final int READ_WRITE = 2;
    private static final int NOT_OURS = 0x100; // O_NOCTTY

    private final MethodHandle read = function("read", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private final MethodHandle write =
            function("write", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG));
    private final int terminal;
    private final StringBuilder seen = new StringBuilder();
    private boolean over;

    private Keyboard(int terminal) {
        this.terminal = terminal;
    }

    @SuppressWarnings("restricted") // the C library's own functions, with their own types
    private static MethodHandle function(String name, FunctionDescriptor type) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type);
    }

    /** Runs words at a terminal of their own. */
    @SuppressWarnings("restricted") // a name of at most a path's length
    static Keyboard of(List<String> words, Path home, Path root, List<Process> processes) throws IOException {
        int terminal;
        String name;
        try {
            FunctionDescriptor one = FunctionDescriptor.of(JAVA_INT, JAVA_INT);
            terminal = (int) function("posix_openpt", one).invokeExact(READ_WRITE | NOT_OURS);
            int granted = (int) function("grantpt", one).invokeExact(terminal);
            int unlocked = (int) function("unlockpt", one).invokeExact(terminal);
            if (terminal < 0 || granted < 0 || unlocked < 0) {
                throw new IOException("no terminal can be had here");
            }
            MemorySegment path = (MemorySegment) function("ptsname", FunctionDescriptor.of(ADDRESS, JAVA_INT))
                    .invokeExact(terminal);
            name = path.reinterpret(4096).getString(0);
        } catch (IOException e) {
            throw e;
        } catch (Throwable never) {
            throw new AssertionError(never);
        }
        Keyboard keyboard = new Keyboard(terminal);
        Redirect shown = Redirect.to(new File(name));
        ProcessBuilder builder = new ProcessBuilder(words)
                .redirectInput(new File(name))
                .redirectOutput(shown)
                .redirectError(shown);
        builder.environment().put("TELOS_HOME", home.toString());
        builder.environment().put("TELOS_ROOT", root.toString());
        processes.add(builder.start());
        Thread.ofPlatform().daemon().start(keyboard::look);
        return keyboard;
    }

    private void look() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(4096);
            long count;
            do {
                count = (long) read.invokeExact(terminal, buffer, buffer.byteSize());
                synchronized (this) {
                    for (long i = 0; i < count; i++) {
                        seen.append((char) buffer.get(JAVA_BYTE, i));
                    }
                    over = count <= 0; // nobody has it open any more
                    notifyAll();
                }
            } while (count > 0);
        } catch (Throwable never) {
            throw new AssertionError(never);
        }
    }

    void types(String keys) {
        byte[] bytes = keys.getBytes(StandardCharsets.US_ASCII);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocateFrom(JAVA_BYTE, bytes);
            long _ = (long) write.invokeExact(terminal, buffer, (long) bytes.length);
        } catch (Throwable never) {
            throw new AssertionError(never);
        }
    }

    /** Waits until a text has been written. */
    synchronized void sees(String text) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (seen.indexOf(text) < 0) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (over || left <= 0) {
                throw new AssertionError("'" + text + "' was not written, but: " + seen);
            }
            wait(left);
        }
    }

    /** Hangs up. */
    @Override
    public void close() {
        try {
            int _ = (int)
                    function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT)).invokeExact(terminal);
        } catch (Throwable never) {
            throw new AssertionError(never);
        }
    }
}
