package telos.server.api;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/** Server-sent events (WHATWG HTML, section 9.2), each flushed as it is written. */
final class EventStream implements AutoCloseable {
    private final OutputStream out;

    EventStream(OutputStream out) {
        this.out = out;
    }

    void data(String data) throws IOException {
        write("data: " + data + "\n\n");
    }

    void event(String name, JsonNode data) throws IOException {
        write("event: " + name + "\ndata: " + data + "\n\n");
    }

    /** A comment that says nothing: it keeps the connection, or shows that it is gone. */
    void keepAlive() throws IOException {
        write(": keepalive\n\n");
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
