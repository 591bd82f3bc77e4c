package telos.tools.report;

import java.util.Objects;

/**
 * One open socket.
 *
 * @param protocol {@code tcp} or {@code udp}
 * @param local address and port, such as {@code 127.0.0.1:7717} or {@code [::1]:22}
 * @param remote address and port, or {@code *} where there is no other side
 * @param state {@code listening}, {@code connected}, or the kernel's word in lower case, such as {@code close-wait}
 * @param process {@code name/pid}, or {@code ?} where that may not be seen
 */
public record SocketRow(String protocol, String local, String remote, String state, String process) {
    public SocketRow {
        Objects.requireNonNull(protocol, "protocol");
        Objects.requireNonNull(local, "local");
        Objects.requireNonNull(remote, "remote");
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(process, "process");
    }

    /** The local port. */
    public int port() {
        return Integer.parseInt(local.substring(local.lastIndexOf(':') + 1));
    }
}
