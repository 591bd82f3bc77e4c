package telos.server.api.http;

import java.io.IOException;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;

/** Whether the client that asked still waits for its answer. */
final class Presence {
    private final Request request;
    private volatile boolean gone;

    Presence(Request request) {
        this.request = request;
        request.addFailureListener(_ -> gone = true);
    }

    /** Once the body has been read, HTTP/1.1 reads no more of a connection until the answer is done; so this looks. */
    boolean gone() {
        if (!gone && request.getConnectionMetaData().getHttpVersion() != HttpVersion.HTTP_2) {
            EndPoint endPoint = Connections.plain(
                    request.getConnectionMetaData().getConnection().getEndPoint());
            gone = !endPoint.isOpen() || (endPoint instanceof PeekingEndPoint peeking && peeking.ended());
        }
        return gone;
    }

    void check() throws IOException {
        if (gone()) {
            throw new IOException("the client went away");
        }
    }
}
