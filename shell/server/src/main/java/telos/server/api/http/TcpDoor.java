package telos.server.api.http;

import java.net.InetAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/** A TCP port that speaks HTTP/1.1 and, to clients that know so beforehand or ask for it, HTTP/2 in clear text. */
public final class TcpDoor extends ServerConnector {
    private static final int HEAD_BYTES = 16 * 1024;
    private static final int BUFFER_BYTES = 16 * 1024;
    private static final int SEND_BUFFER_BYTES = 256 * 1024;
    private static final int STREAMS_A_CONNECTION = 256;
    private static final int BACKLOG = 1024;
    private static final long OUTER_IDLE_MILLIS = 10 * 60_000;

    private TcpDoor(Server server, ConnectionFactory... protocols) {
        super(server, 1, 1, protocols);
    }

    public static TcpDoor on(Server server, InetAddress address, int port, Connections connections) {
        HttpConfiguration http = configuration();
        CleartextHttp2 http2 = new CleartextHttp2(http);
        http2.setMaxConcurrentStreams(STREAMS_A_CONNECTION);
        return set(new TcpDoor(server, new HttpConnectionFactory(http), http2), address, port, connections);
    }

    /** A port that speaks both by TLS alone; which of them is agreed upon by ALPN (RFC 7301). */
    public static TcpDoor encrypted(
            Server server, InetAddress address, int port, Connections connections, SslContextFactory.Server tls) {
        HttpConfiguration http = configuration();
        http.addCustomizer(new SecureRequestCustomizer(false));
        HTTP2ServerConnectionFactory http2 = new HTTP2ServerConnectionFactory(http);
        http2.setMaxConcurrentStreams(STREAMS_A_CONNECTION);
        ALPNServerConnectionFactory agreement = new ALPNServerConnectionFactory();
        agreement.setDefaultProtocol(HttpVersion.HTTP_1_1.asString());
        TcpDoor door = new TcpDoor(
                server,
                new SslConnectionFactory(tls, agreement.getProtocol()),
                agreement,
                http2,
                new HttpConnectionFactory(http));
        return set(door, address, port, connections);
    }

    private static TcpDoor set(TcpDoor door, InetAddress address, int port, Connections connections) {
        door.setHost(address.getHostAddress());
        door.setPort(port);
        door.setIdleTimeout(OUTER_IDLE_MILLIS);
        door.setAcceptQueueSize(BACKLOG);
        door.setAcceptedSendBufferSize(SEND_BUFFER_BYTES);
        door.addBean(connections);
        return door;
    }

    /** How requests are read at every door. Names in paths may hold encoded slashes: no path here is a file. */
    public static HttpConfiguration configuration() {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(HEAD_BYTES);
        http.setOutputBufferSize(BUFFER_BYTES);
        http.setUriCompliance(UriCompliance.DEFAULT.with(
                "names",
                UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
                UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT));
        return http;
    }

    @Override
    protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key) {
        SocketChannelEndPoint endPoint = new PeekingEndPoint(channel, selector, key, getScheduler());
        endPoint.setIdleTimeout(getIdleTimeout());
        return endPoint;
    }
}
