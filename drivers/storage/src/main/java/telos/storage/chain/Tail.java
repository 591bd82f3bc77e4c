package telos.storage.chain;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * How a file of a log ends.
 *
 * @param last the last whole line; empty if there is none
 * @param end where it ends
 * @param torn how many bytes stand behind that
 */
record Tail(Optional<Link> last, long end, long torn) {
    private static final int MOST = 4 * ChainedLog.LONGEST;

    /** @throws IOException if the last whole line is no sound record: nothing may be hung on that */
    static Tail of(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            long from = Math.max(0, size - MOST);
            ByteBuffer bytes = ByteBuffer.allocate((int) (size - from));
            while (bytes.hasRemaining() && channel.read(bytes, from + bytes.position()) >= 0) {
                // until it is all there
            }
            byte[] read = bytes.array();
            int stop = before(read, bytes.position(), '\n');
            if (stop < 0) {
                if (from > 0) {
                    throw damaged(file);
                }
                return new Tail(Optional.empty(), 0, size);
            }
            int start = before(read, stop, '\n') + 1;
            String line = new String(read, start, stop - start, StandardCharsets.UTF_8);
            Link last = Link.parse(line).filter(Link::sound).orElseThrow(() -> damaged(file));
            long end = from + stop + 1;
            return new Tail(Optional.of(last), end, size - end);
        }
    }

    private static IOException damaged(Path file) {
        return new IOException("the last record of " + file + " is not what was written; see 'telos audit verify', and"
                + " move the folder away to begin a new log: mv '" + file.getParent() + "' '" + file.getParent()
                + ".damaged'");
    }

    private static int before(byte[] bytes, int end, char wanted) {
        int at = end - 1;
        while (at >= 0 && bytes[at] != wanted) {
            at--;
        }
        return at;
    }
}
