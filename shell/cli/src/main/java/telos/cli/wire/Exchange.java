package telos.cli.wire;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One HTTP/1.1 request and its answer, on a connection of its own; closing it tells the daemon to stop. */
public final class Exchange implements AutoCloseable {
    private static final int MAX_LINE = 16 * 1024;
    private static final int MAX_HEADERS = 100;
    private static final int MAX_BODY = 16 << 20;

    private final TimedChannel channel;
    private final Map<String, String> headers = new HashMap<>();
    private final InputStream body;
    private int status;

    private Exchange(TimedChannel channel) throws IOException {
        this.channel = channel;
        do {
            readHead();
        } while (status >= 100 && status < 200);
        this.body = framed();
    }

    /**
     * Sends a request and reads the head of the answer.
     *
     * @param body JSON, or null for none
     * @param timeout how long the daemon may stay silent, at any point
     * @throws IOException if nobody listens there, nobody answers in time, or the answer is not HTTP
     */
    public static Exchange open(Path socket, String method, String path, @Nullable Json body, Duration timeout)
            throws IOException {
        byte[] content = body == null ? new byte[0] : body.toString().getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder(256);
        head.append(method).append(' ').append(path).append(" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n");
        if (body != null) {
            head.append("Content-Type: application/json\r\n");
        }
        if (!method.equals("GET")) {
            head.append("Content-Length: ").append(content.length).append("\r\n");
        }
        head.append("\r\n");
        byte[] start = head.toString().getBytes(StandardCharsets.ISO_8859_1);
        TimedChannel channel = new TimedChannel(socket, timeout);
        try {
            ByteBuffer all = ByteBuffer.allocate(start.length + content.length);
            channel.write(all.put(start).put(content).flip());
            return new Exchange(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    public int status() {
        return status;
    }

    /** The decoded body; it ends where the answer ends, and fails if the connection ends before that. */
    public InputStream body() {
        return body;
    }

    /** The whole body as text, of at most 16 MiB. */
    public String text() throws IOException {
        byte[] bytes = body.readNBytes(MAX_BODY + 1);
        if (bytes.length > MAX_BODY) {
            throw new ProtocolException("the answer is longer than " + MAX_BODY + " bytes");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void readHead() throws IOException {
        String line = line(channel);
        String[] parts = line.split(" ", 3);
        if (!parts[0].startsWith("HTTP/1.") || parts.length < 2 || !parts[1].matches("[1-5]\\d\\d")) {
            throw new ProtocolException("the answer is not HTTP");
        }
        status = Integer.parseInt(parts[1]);
        headers.clear();
        for (String header = line(channel); !header.isEmpty(); header = line(channel)) {
            int colon = header.indexOf(':');
            if (colon < 1 || headers.size() == MAX_HEADERS) {
                throw new ProtocolException("the head of the answer is not HTTP");
            }
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
    }

    private InputStream framed() throws ProtocolException {
        if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
            return new FramedStream(channel, 0, true);
        }
        String length = headers.get("content-length");
        if (status == 204 || status == 304) {
            return InputStream.nullInputStream();
        }
        if (length == null) {
            return channel;
        }
        if (!length.matches("\\d{1,15}")) {
            throw new ProtocolException("the answer gives its length as '" + length + "'");
        }
        return new FramedStream(channel, Long.parseLong(length), false);
    }

    /** A line that ends in LF, without the CR before it. */
    static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder(64);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new ProtocolException("the daemon closed the connection before its answer was complete");
            }
            if (line.length() == MAX_LINE) {
                throw new ProtocolException("the answer is not HTTP: a line without end");
            }
            line.append((char) c);
        }
        int last = line.length() - 1;
        return last >= 0 && line.charAt(last) == '\r' ? line.substring(0, last) : line.toString();
    }
}
