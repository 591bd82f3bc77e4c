package telos.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A daemon's socket with scripted answers, by method and path; what it has no script for is not found. */
final class FakeDaemon implements AutoCloseable {
    /** Writes an answer to one request. */
    interface Script {
        void play(String body, OutputStream out) throws IOException;
    }

    private final ServerSocketChannel server;
    private final Path socket;
    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();

    FakeDaemon(Path home) throws IOException {
        socket = home.resolve("telos.sock");
        Files.createDirectories(home);
        server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        on("GET /health", json(200, """
                {"status":"ok","version":"0.1.0","pid":%d,"port":7717,"model":"fake"}""".formatted(ProcessHandle.current().pid())));
        Thread.ofVirtual().start(this::accept);
    }

    FakeDaemon on(String request, Script script) {
        scripts.put(request, script);
        return this;
    }

    /** A run that sends these events, "name data" each, and then ends. */
    FakeDaemon onRun(String... events) {
        return on("POST /runs", events(events));
    }

    /** Requests so far: method, path and body. */
    List<String> heard() {
        return heard;
    }

    static Script json(int status, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return (_, out) -> {
            write(
                    out,
                    "HTTP/1.1 " + status + " X\r\nContent-Type: application/json\r\nContent-Length: " + bytes.length
                            + "\r\n\r\n");
            out.write(bytes);
        };
    }

    static Script events(String... events) {
        return (_, out) -> {
            head(out);
            for (String event : events) {
                event(out, event);
            }
            write(out, "0\r\n\r\n");
        };
    }

    static void head(OutputStream out) throws IOException {
        write(out, "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
    }

    /** One event in two chunks, so that readers have to join them. */
    static void event(OutputStream out, String event) throws IOException {
        String[] parts = event.split(" ", 2);
        byte[] all = ("event: " + parts[0] + "\ndata: " + parts[1] + "\n\n").getBytes(StandardCharsets.UTF_8);
        int half = all.length / 2;
        write(out, Integer.toHexString(half) + "\r\n");
        out.write(all, 0, half);
        write(out, "\r\n" + Integer.toHexString(all.length - half) + ";x=y\r\n");
        out.write(all, half, all.length - half);
        write(out, "\r\n");
        out.flush();
    }

    static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private void accept() {
        while (true) {
            try {
                SocketChannel channel = server.accept();
                Thread.ofVirtual().start(() -> serve(channel));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void serve(SocketChannel channel) {
        try (channel) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.UTF_8));
            String request = String.valueOf(in.readLine());
            int length = 0;
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                if (line.startsWith("Content-Length: ")) {
                    length = Integer.parseInt(line.substring(16));
                }
            }
            StringBuilder body = new StringBuilder();
            for (int bytes = 0; bytes < length; ) {
                int c = in.read();
                body.append((char) c);
                bytes += Character.toString(c).getBytes(StandardCharsets.UTF_8).length;
            }
            String asked = request.replaceFirst(" HTTP/1.1$", "");
            heard.add((asked + " " + body).strip());
            OutputStream out = stream(channel);
            scripts.getOrDefault(asked, json(404, "{\"error\":{\"message\":\"nothing at " + asked + "\"}}"))
                    .play(body.toString(), out);
        } catch (IOException _) {
            // the other side has gone, as it may
        }
    }

    private static OutputStream stream(SocketChannel channel) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            }
        };
    }

    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(socket);
    }
}
