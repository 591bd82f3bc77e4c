package telos.server.api.http;

import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** Answers to requests that never reach a route, for their heads cannot be read: in the shape that clients read. */
public final class JettyErrors implements Request.Handler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus();
        String why = request.getAttribute(ErrorHandler.ERROR_MESSAGE) instanceof String text
                ? text
                : HttpStatus.getMessage(status);
        boolean ours = status >= 500 && status != HttpStatus.HTTP_VERSION_NOT_SUPPORTED_505;
        ApiException error = !ours
                ? ApiException.refused(status, "the request cannot be read: " + why, null)
                : ApiException.fault("a fault of ours; the daemon's log says more (telos logs)", "internal_error");
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
        Content.Sink.write(response, true, ErrorShape.OPENAI.of(error, "").toString(), callback);
        return true;
    }
}
