package telos.bench;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks a daemon how it stands, over its Unix socket. */
record AdminSocket(Path path) {
    /** KV blocks that sequences refer to. */
    int usedBlocks() throws IOException {
        String reply = ask("/memory");
        int from = reply.indexOf('{');
        int to = reply.lastIndexOf('}');
        if (from < 0 || to < from) {
            throw new IOException("the daemon does not say how its memory stands");
        }
        return JsonMapper.shared()
                .readTree(reply.substring(from, to + 1))
                .path("blocks")
                .path("used")
                .asInt(-1);
    }

    /** Blocks in use once the daemon has noticed that nobody is there any more, or after so long. */
    int blocksLeft(Duration patience) throws IOException {
        long giveUp = System.nanoTime() + patience.toNanos();
        int used = usedBlocks();
        while (used > 0 && System.nanoTime() < giveUp) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
            used = usedBlocks();
        }
        return used;
    }

    /** The daemon's TCP port. */
    int port() throws IOException {
        return (int) health("port");
    }

    /** The daemon's process number. */
    long pid() throws IOException {
        return health("pid");
    }

    private long health(String name) throws IOException {
        String reply = ask("/health");
        return JsonMapper.shared()
                .readTree(reply.substring(reply.indexOf("\r\n\r\n")))
                .path(name)
                .asLong(0);
    }

    /** Tokens that all its models have generated since it started. */
    long generatedTokens() throws IOException {
        return ask("/metrics")
                .lines()
                .filter(line -> line.startsWith("vllm:generation_tokens_total{"))
                .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** The programs that share CPUs. */
    JsonNode programs() throws IOException {
        String reply = ask("/programs");
        return JsonMapper.shared()
                .readTree(reply.substring(reply.indexOf("\r\n\r\n")))
                .path("programs");
    }

    private String ask(String target) throws IOException {
        String request = "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(path));
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            String reply = new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
            if (!reply.startsWith("HTTP/1.1 200 ")) {
                throw new IOException("the daemon answers " + target + " with "
                        + reply.lines().findFirst().orElse("nothing"));
            }
            return reply;
        }
    }
}
