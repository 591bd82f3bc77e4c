package telos.server.api.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;

/** Server-sent events (WHATWG HTML, section 9.2), each on its way when it is written. */
public final class EventStream implements AutoCloseable {
    private final Outlet out;
    private boolean closed;

    public EventStream(Outlet out) {
        this.out = out;
    }

    public void data(JsonNode data) throws IOException {
        data(data.toString());
    }

    public void data(String data) throws IOException {
        write("data: " + data + "\n\n");
    }

    public void event(String name, JsonNode data) throws IOException {
        write("event: " + name + "\ndata: " + data + "\n\n");
    }

    /** A comment that says nothing: it keeps the connection, or shows that it is gone. */
    public void keepAlive() throws IOException {
        write(": keepalive\n\n");
    }

    private void write(String text) throws IOException {
        out.write(false, text.getBytes(StandardCharsets.UTF_8));
    }

    /** The last event. It comes with the end of the answer, so that who reads no further has all of it. */
    public void last(String data) throws IOException {
        closed = true;
        out.write(true, ("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            out.write(true, new byte[0]);
        }
    }
}
