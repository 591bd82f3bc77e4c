package telos.server.api.http;

import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/2 in clear text. A wish to go over to it that comes with a body is not granted (RFC 9110, 7.8 allows that): the
 * body would have to be read in one protocol and answered in another, and a chunked one would be lost.
 */
final class CleartextHttp2 extends HTTP2CServerConnectionFactory {
    private static final List<HttpHeader> OF_BODIES = List.of(HttpHeader.CONTENT_LENGTH, HttpHeader.TRANSFER_ENCODING);

    CleartextHttp2(HttpConfiguration configuration) {
        super(configuration);
    }

    @Override
    public @Nullable Connection upgradeConnection(
            Connector connector, EndPoint endPoint, MetaData.Request request, HttpFields.Mutable response) {
        return OF_BODIES.stream().anyMatch(request.getHttpFields()::contains)
                ? null
                : super.upgradeConnection(connector, endPoint, request, response);
    }
}
