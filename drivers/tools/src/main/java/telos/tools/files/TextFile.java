package telos.tools.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import telos.tools.report.Refusals;
import telos.tools.report.Unavailable;
import telos.tools.report.Units;

/**
 * A regular file that may be opened without waiting.
 *
 * @param path without links
 * @param bytes its length; 0 for the files that the kernel makes up, whatever they hold
 * @param key fails the opening if another file is there by then
 * @param guard hears of the label that the file carries when it is opened
 */
record TextFile(Path path, String asked, long bytes, Optional<Object> key, Guard guard) {
    private static final int TYPE = 0xF000; // inode(7)
    private static final int PIPE = 0x1000;
    private static final int CHARACTERS = 0x2000;
    private static final int FOLDER = 0x4000;
    private static final int BLOCKS = 0x6000;
    private static final int REGULAR = 0x8000;
    private static final int SOCKET = 0xC000;

    private static final int PROBE_BYTES = 8192;

    /** Checks what the path is before anything is opened: opening a pipe would wait for its other end. */
    static TextFile of(Place place) throws Unavailable {
        Path real = place.real("file");
        try {
            var attributes = Files.readAttributes(real, "unix:mode,size", LinkOption.NOFOLLOW_LINKS);
            int mode = attributes.get("mode") instanceof Integer bits ? bits & TYPE : 0;
            long size = attributes.get("size") instanceof Long length ? length : 0;
            String what = switch (mode) {
                case REGULAR -> waits(real) ? "a stream of the kernel" : "";
                case FOLDER -> "a folder";
                case PIPE -> "a named pipe";
                case CHARACTERS, BLOCKS -> "a device";
                case SOCKET -> "a socket";
                default -> "of an unknown kind";
            };
            if (!what.isEmpty()) {
                throw new Unavailable(place.asked() + " is " + what + ", not a regular file");
            }
            return new TextFile(real, place.asked(), size, place.key(), place.guard());
        } catch (IOException failed) {
            throw Refusals.of(failed, place.asked(), "file");
        }
    }

    /** Files of the kernel that pass for regular ones, and that make a reader wait or take away what they give. */
    private static boolean waits(Path real) {
        String path = real.toString();
        return (path.startsWith("/proc/") && (path.endsWith("/kmsg") || path.endsWith("/pagemap")))
                || path.startsWith("/sys/kernel/tracing/")
                || path.startsWith("/sys/kernel/debug/");
    }

    InputStream stream() throws IOException {
        return Channels.newInputStream(channel());
    }

    SeekableByteChannel channel() throws IOException {
        StoredLabel.of(path).ifPresent(guard::read);
        return Steps.file(path, key);
    }

    Unavailable refused(IOException failure) {
        return Refusals.of(failure, asked, "file");
    }

    Unavailable binary() {
        return new Unavailable(asked + " is a binary file of " + Units.bytes(bytes) + "; only text is shown");
    }

    /** Whether bytes from a file are not text: one is zero, or more than a tenth are control characters. */
    static boolean isBinary(byte[] buffer, int length) {
        int probed = Math.min(length, PROBE_BYTES);
        int controls = 0;
        for (int i = 0; i < probed; i++) {
            byte b = buffer[i];
            if (b == 0) {
                return true;
            }
            boolean usual = b == '\t' || b == '\n' || b == '\r' || b == '\f' || b == 0x1b;
            if (b > 0 && b < ' ' && !usual) {
                controls++;
            }
        }
        return controls * 10 > probed;
    }
}
