package telos.devices.linux;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.StringTokenizer;
import org.jspecify.annotations.Nullable;

/**
 * What procfs says of one process, by files that stay open: they go on meaning the same process, and fail once it has ended
 * and been waited for, even where its number has been given to another one.
 */
final class ProcessFiles implements AutoCloseable {
    private static final int BYTES = 4096;
    /** The stop signals' bits in the masks of {@code /proc/PID/status}. */
    private static final long HOLDING = bit(Signal.STOP);

    private static final long ASKING = bit(Signal.TSTP) | bit(Signal.TTIN) | bit(Signal.TTOU);
    /** Those by which somebody asks a process to end. */
    private static final long ENDING = bit(Signal.HUP) | bit(Signal.INT) | bit(Signal.QUIT) | bit(Signal.TERM);
    /** Of a process with more threads than this one, it is enough to look at so many. */
    static final int MOST_THREADS = 256;

    private final Path folder;
    private final FileChannel stat;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BYTES);
    private @Nullable FileChannel status;
    private @Nullable FileChannel children;

    private ProcessFiles(Path folder, FileChannel stat) {
        this.folder = folder;
        this.stat = stat;
    }

    static Optional<ProcessFiles> open(int process) {
        Path folder = Path.of("/proc/" + process);
        try {
            return Optional.of(new ProcessFiles(folder, FileChannel.open(folder.resolve("stat"))));
        } catch (IOException ended) {
            return Optional.empty();
        }
    }

    /** One look at a process whose files need not stay open. */
    static Optional<ProcessLine> glance(int process) {
        Optional<ProcessFiles> files = open(process);
        if (files.isEmpty()) {
            return Optional.empty();
        }
        try (ProcessFiles found = files.get()) {
            return found.line();
        }
    }

    /** The numbers of all processes now. */
    static List<Integer> processes() {
        List<Integer> numbers = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of("/proc"))) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                if (Character.isDigit(name.charAt(0))) {
                    numbers.add(Integer.parseInt(name));
                }
            }
        } catch (IOException | RuntimeException unreadable) {
            return numbers;
        }
        return numbers;
    }

    /** Empty once it has ended and been waited for. */
    Optional<ProcessLine> line() {
        return read(stat) ? ProcessLine.parse(buffer) : Optional.empty();
    }

    /** The file of that name; empty once the process has ended. */
    private String status() {
        try {
            if (status == null) {
                status = FileChannel.open(folder.resolve("status"));
            }
        } catch (IOException ended) {
            return "";
        }
        return read(status) ? StandardCharsets.ISO_8859_1.decode(buffer).toString() : "";
    }

    /** Whether a signal waits that asks the process to end, and that it neither ignores nor blocks. */
    boolean summoned() {
        String text = status();
        long pending = mask(text, "SigPnd:") | mask(text, "ShdPnd:");
        return (pending & ENDING & ~mask(text, "SigBlk:") & ~mask(text, "SigIgn:")) != 0;
    }

    /** A stop that waits until the process is continued, which would take it away: STOP where there is one. */
    Optional<Signal> pendingStop() {
        String text = status();
        long pending = mask(text, "SigPnd:") | mask(text, "ShdPnd:");
        if ((pending & HOLDING) != 0) {
            return Optional.of(Signal.STOP);
        }
        for (Signal signal : List.of(Signal.TSTP, Signal.TTIN, Signal.TTOU)) {
            if ((pending & ASKING & bit(signal)) != 0) {
                return Optional.of(signal);
            }
        }
        return Optional.empty();
    }

    /** The children of its first thread. */
    List<Integer> children() {
        List<Integer> numbers = new ArrayList<>();
        try {
            if (children == null) {
                children = FileChannel.open(
                        folder.resolve("task").resolve(folder.getFileName()).resolve("children"));
            }
        } catch (IOException endedOrUnsupported) {
            return numbers;
        }
        if (read(children)) {
            StringTokenizer tokens = new StringTokenizer(
                    StandardCharsets.ISO_8859_1.decode(buffer).toString());
            while (tokens.hasMoreTokens()) {
                numbers.add(Integer.parseInt(tokens.nextToken()));
            }
        }
        return numbers;
    }

    /** How many threads want a CPU; it stops counting at {@code most}. */
    int runningThreads(int most) {
        int running = 0;
        int seen = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(folder.resolve("task"))) {
            for (Path thread : threads) {
                if (running >= most || ++seen > MOST_THREADS) {
                    return running;
                }
                try (FileChannel file = FileChannel.open(thread.resolve("stat"))) {
                    if (read(file)
                            && ProcessLine.parse(buffer)
                                    .filter(ProcessLine::running)
                                    .isPresent()) {
                        running++;
                    }
                }
            }
        } catch (IOException | RuntimeException ended) {
            return running;
        }
        return running;
    }

    private boolean read(FileChannel file) {
        buffer.clear();
        try {
            file.read(buffer, 0);
        } catch (IOException ended) {
            return false;
        }
        buffer.flip();
        return buffer.hasRemaining();
    }

    private static long mask(String text, String key) {
        int at = text.indexOf(key);
        int end = at < 0 ? -1 : text.indexOf('\n', at);
        if (end < 0) {
            return 0;
        }
        try {
            return Long.parseUnsignedLong(text.substring(at + key.length(), end).strip(), 16);
        } catch (NumberFormatException unknown) {
            return 0;
        }
    }

    private static long bit(Signal signal) {
        return 1L << (signal.number() - 1);
    }

    @Override
    public void close() {
        for (FileChannel file : new FileChannel[] {stat, status, children}) {
            try {
                if (file != null) {
                    file.close();
                }
            } catch (IOException lost) {
                // it was only read
            }
        }
    }
}
