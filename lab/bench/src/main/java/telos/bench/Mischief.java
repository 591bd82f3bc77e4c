package telos.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * A client that misbehaves in one way after another, over raw sockets, until a moment comes. A server may refuse it, cut
 * it off or let it wait; so whatever it meets is right, and is only counted.
 */
final class Mischief {
    private static final String CHAT = "/v1/chat/completions";
    private static final int CONNECT_MILLIS = 2_000;
    private static final int READ_MILLIS = 2_000;
    private static final String EMBEDDINGS = "/v1/embeddings";
    private static final int UNREAD_TEXTS = 500;
    private static final int IDLE_AT_ONCE = 400;
    private static final int AT_ONCE = 80;
    private static final long ENDLESS = 64L << 20;

    /** The ways. */
    enum Way {
        BROKEN_JSON,
        WRONG_ROLE,
        BAD_LIMIT,
        TOO_LONG,
        HOPELESS_SCHEMA,
        EXPLODING_SCHEMA,
        BACKTRACKING_PATTERN,
        BYTE_BY_BYTE,
        NEVER_READS,
        READS_SLOWLY,
        LEAVES_AT_ONCE,
        IDLE,
        HUGE_BODY,
        ENDLESS_BODY,
        HEADER_FLOOD,
        REBOUND_NAME,
        ALL_AT_ONCE
    }

    private final int port;
    private final long deadline;
    private final ConcurrentSkipListMap<String, LongAdder> seen = new ConcurrentSkipListMap<>();

    /** @param deadline in {@link System#nanoTime} */
    Mischief(int port, long deadline) {
        this.port = port;
        this.deadline = deadline;
    }

    /** How often each way met each status; 0 stands for a connection that ended without one. */
    List<String> seen() {
        return seen.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue().sum())
                .toList();
    }

    void work(SplittableRandom random) {
        Way[] ways = Way.values();
        for (int turn = random.nextInt(ways.length); System.nanoTime() < deadline; turn++) {
            Way way = ways[turn % ways.length];
            try {
                note(way, act(way, random));
            } catch (IOException e) {
                note(way, 0);
            }
        }
    }

    private void note(Way way, int status) {
        seen.computeIfAbsent(way + " " + status, _ -> new LongAdder()).increment();
    }

    /** The status of the answer; 0 when there was none to wait for. */
    private int act(Way way, SplittableRandom random) throws IOException {
        return switch (way) {
            case BROKEN_JSON ->
                post("{\"messages\":[{\"role\":\"user\",\"content\":\"" + "x".repeat(random.nextInt(90)));
            case WRONG_ROLE -> post("{\"messages\":[{\"role\":\"oracle\",\"content\":\"hello\"}]}");
            case BAD_LIMIT ->
                post(chat("\"max_tokens\":" + List.of("0", "-1", "1000000000").get(random.nextInt(3))));
            case TOO_LONG ->
                post("{\"messages\":[{\"role\":\"user\",\"content\":\"" + "long ".repeat(200_000) + "\"}]}");
            case HOPELESS_SCHEMA ->
                post(schema(
                        "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\",\"minimum\":9,\"maximum\":1}},"
                                + "\"required\":[\"a\"],\"additionalProperties\":false}"));
            case EXPLODING_SCHEMA ->
                post(schema("{\"type\":\"string\",\"pattern\":\"^((a|b){1,900}c){1,900}$\",\"minLength\":70000}"));
            case BACKTRACKING_PATTERN ->
                post(schema("{\"type\":\"string\",\"pattern\":\"^(a+)+(a|aa)*(a?){40}a{40}$\"}"));
            case BYTE_BY_BYTE -> byteByByte();
            case NEVER_READS -> unread(Duration.ofSeconds(50));
            case READS_SLOWLY -> readsSlowly(random);
            case LEAVES_AT_ONCE -> leaves(random);
            case IDLE -> idle(IDLE_AT_ONCE, Duration.ofSeconds(3));
            case HUGE_BODY -> huge();
            case ENDLESS_BODY -> endless();
            case HEADER_FLOOD -> flood();
            case REBOUND_NAME -> exchange("GET /v1/models HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
            case ALL_AT_ONCE -> allAtOnce(random);
        };
    }

    private static String chat(String more) {
        return "{\"messages\":[{\"role\":\"user\",\"content\":\"what is the load?\"}]," + more + "}";
    }

    private static String schema(String schema) {
        return chat("\"max_tokens\":20,\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"s\","
                + "\"strict\":true,\"schema\":" + schema + "}}");
    }

    private static String head(String path, long length) {
        return "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: "
                + length + "\r\nConnection: close\r\n\r\n";
    }

    private int post(String body) throws IOException {
        return exchange(head(CHAT, body.length()) + body);
    }

    private Socket connect() throws IOException {
        Socket socket = new Socket();
        try {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            socket.setSoTimeout(READ_MILLIS);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private int exchange(String text) throws IOException {
        try (Socket socket = connect()) {
            write(socket, text);
            return status(socket);
        }
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The status line's number; 0 where the connection ended, or said nothing for some seconds. */
    private static int status(Socket socket) throws IOException {
        try {
            String line = new String(socket.getInputStream().readNBytes(12), StandardCharsets.ISO_8859_1);
            return line.matches("HTTP/1.1 [0-9]{3}") ? Integer.parseInt(line.substring(9)) : 0;
        } catch (SocketTimeoutException e) {
            return 0;
        }
    }

    /** A body that comes a byte a second, for a while. */
    private int byteByByte() throws IOException {
        try (Socket socket = connect()) {
            write(socket, head(CHAT, 100));
            OutputStream out = socket.getOutputStream();
            for (int i = 0; i < 15 && System.nanoTime() < deadline; i++) {
                out.write('{');
                pause(Duration.ofSeconds(1));
            }
            return 0;
        }
    }

    /** Asks for an answer of a megabyte and leaves it lie, longer than the server should wait. */
    private int unread(Duration how) throws IOException {
        try (Socket socket = connect()) {
            socket.setReceiveBufferSize(1024);
            String body = "{\"model\":\"telos-mini\",\"encoding_format\":\"float\",\"input\":["
                    + "\"a disk\",".repeat(UNREAD_TEXTS) + "\"a disk\"]}";
            write(socket, head(EMBEDDINGS, body.length()) + body);
            pause(how);
            return 0;
        }
    }

    /** Reads a stream a byte a second. */
    private int readsSlowly(SplittableRandom random) throws IOException {
        try (Socket socket = connect()) {
            socket.setReceiveBufferSize(1024);
            String body = chat("\"stream\":true,\"max_tokens\":200,\"seed\":" + random.nextInt(1 << 30));
            write(socket, head(CHAT, body.length()) + body);
            for (int i = 0;
                    i < 20
                            && System.nanoTime() < deadline
                            && socket.getInputStream().read() >= 0;
                    i++) {
                pause(Duration.ofSeconds(1));
            }
            return 0;
        }
    }

    private int leaves(SplittableRandom random) throws IOException {
        try (Socket socket = connect()) {
            String body = chat("\"stream\":true,\"max_tokens\":200,\"seed\":" + random.nextInt(1 << 30));
            write(socket, head(CHAT, body.length()) + body);
            socket.setSoLinger(true, 0);
            return 0;
        }
    }

    private int idle(int connections, Duration how) throws IOException {
        List<Socket> open = new ArrayList<>();
        try {
            for (int i = 0; i < connections && System.nanoTime() < deadline; i++) {
                open.add(connect());
            }
            pause(how);
            return 0;
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    /** Says that a gigabyte will come, and sends what the server takes of it. */
    private int huge() throws IOException {
        try (Socket socket = connect()) {
            write(socket, head(CHAT, 1L << 30));
            return pour(socket, false);
        }
    }

    private int endless() throws IOException {
        try (Socket socket = connect()) {
            write(
                    socket,
                    "POST " + CHAT + " HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n"
                            + "Content-Type: application/json\r\n\r\n");
            return pour(socket, true);
        }
    }

    private int pour(Socket socket, boolean chunked) throws IOException {
        byte[] block = " ".repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
        OutputStream out = socket.getOutputStream();
        InputStream in = socket.getInputStream();
        try {
            for (long sent = 0; sent < ENDLESS && in.available() == 0 && System.nanoTime() < deadline; ) {
                if (chunked) {
                    write(socket, "10000\r\n");
                }
                out.write(block);
                if (chunked) {
                    write(socket, "\r\n");
                }
                sent += block.length;
            }
        } catch (IOException e) {
            return in.available() > 0 ? status(socket) : 0; // refused in the middle, as it should be
        }
        return status(socket);
    }

    private int flood() throws IOException {
        try (Socket socket = connect()) {
            write(socket, "GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\n");
            try {
                for (int i = 0; i < 5_000; i++) {
                    write(socket, "X-Flood-" + i + ": " + "f".repeat(100) + "\r\n");
                }
                write(socket, "\r\n");
            } catch (IOException e) {
                return 0;
            }
            return status(socket);
        }
    }

    /** Many requests that are left at once, all before the first is answered. */
    private int allAtOnce(SplittableRandom random) throws IOException {
        List<Socket> open = new ArrayList<>();
        try {
            for (int i = 0; i < AT_ONCE && System.nanoTime() < deadline; i++) {
                Socket socket = connect();
                open.add(socket);
                String body = chat("\"max_tokens\":16,\"seed\":" + random.nextInt(1 << 30));
                write(socket, head(CHAT, body.length()) + body);
            }
            pause(Duration.ofMillis(200));
            return 0;
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
    }

    private void pause(Duration how) {
        long end = Math.min(deadline, System.nanoTime() + how.toNanos());
        while (System.nanoTime() < end) {
            LockSupport.parkNanos(end - System.nanoTime());
        }
    }
}
