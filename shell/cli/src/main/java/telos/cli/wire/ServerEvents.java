package telos.cli.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads a stream of server-sent events (WHATWG HTML, section 9.2), one at a time. */
public final class ServerEvents {
    private static final int MAX_EVENT = 16 << 20;

    /** One event; {@code name} is "message" where the stream gives none. */
    public record Event(String name, String data) {}

    private final InputStream in;

    public ServerEvents(InputStream in) {
        this.in = in;
    }

    /** Waits for the next event; null at the end of the stream. An event that the end cuts off is dropped. */
    public @Nullable Event next() throws IOException {
        String name = "message";
        StringBuilder data = new StringBuilder();
        boolean any = false;
        for (String line = line(); line != null; line = line()) {
            if (line.isEmpty()) {
                if (any) {
                    return new Event(name, data.toString());
                }
                name = "message";
                continue;
            }
            int colon = line.indexOf(':');
            String field = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1);
            value = value.startsWith(" ") ? value.substring(1) : value;
            if (field.equals("event")) {
                name = value;
            } else if (field.equals("data")) {
                if (data.length() + value.length() > MAX_EVENT) {
                    throw new ProtocolException("an event is longer than " + MAX_EVENT + " bytes");
                }
                data.append(any ? "\n" : "").append(value);
                any = true;
            }
        }
        return null;
    }

    private @Nullable String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                return null;
            }
            if (line.size() == MAX_EVENT) {
                throw new ProtocolException("an event is longer than " + MAX_EVENT + " bytes");
            }
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(StandardCharsets.UTF_8);
    }
}
