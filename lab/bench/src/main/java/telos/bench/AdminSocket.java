package telos.bench;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import tools.jackson.databind.json.JsonMapper;

/** Asks a daemon about its memory, over its Unix socket. */
record AdminSocket(Path path) {
    int usedBlocks() throws IOException {
        String reply = ask("GET /memory HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        int from = reply.indexOf('{');
        int to = reply.lastIndexOf('}');
        if (!reply.startsWith("HTTP/1.1 200") || from < 0 || to < from) {
            throw new IOException("the daemon does not say how its memory stands: "
                    + reply.lines().findFirst());
        }
        return JsonMapper.shared()
                .readTree(reply.substring(from, to + 1))
                .path("blocks")
                .path("used")
                .asInt(-1);
    }

    private String ask(String request) throws IOException {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            channel.connect(UnixDomainSocketAddress.of(path));
            channel.write(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
            return new String(Channels.newInputStream(channel).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
