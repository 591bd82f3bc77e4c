package telos.server.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Finds the endpoint for a request, keeps strangers out, and turns faults into answers. */
final class Router extends Handler.Abstract {
    private static final System.Logger LOG = System.getLogger(Router.class.getName());

    /** @param prefix whether the path goes on after {@code path} */
    private record Route(String method, String path, boolean prefix, boolean admin, Endpoint endpoint) {
        boolean serves(String asked) {
            return prefix ? asked.startsWith(path) && asked.length() > path.length() : asked.equals(path);
        }
    }

    private final List<Route> routes = new ArrayList<>();
    private final String adminConnector;

    /** @param adminConnector the connector whose clients may use the admin routes */
    Router(String adminConnector) {
        this.adminConnector = adminConnector;
    }

    Router open(String method, String path, Endpoint endpoint) {
        routes.add(new Route(method, path, path.endsWith("/"), false, endpoint));
        return this;
    }

    Router admin(String method, String path, Endpoint endpoint) {
        routes.add(new Route(method, path, path.endsWith("/"), true, endpoint));
        return this;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        Exchange exchange = new Exchange(request, response, "");
        try {
            try {
                dispatch(request, response);
            } catch (ApiException e) {
                exchange.error(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                exchange.error(new ApiException(503, "server_error", "the daemon is stopping", null, "stopping"));
            }
            callback.succeeded();
        } catch (IOException | UncheckedIOException e) {
            LOG.log(Level.DEBUG, "the client went away: {0}", e.getMessage());
            callback.failed(e);
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "fault while answering " + request.getHttpURI().getPath(), e);
            fault(exchange, callback, e);
        }
        return true;
    }

    private static void fault(Exchange exchange, Callback callback, RuntimeException e) {
        if (exchange.committed()) {
            callback.failed(e);
            return;
        }
        try {
            exchange.error(new ApiException(
                    500, "server_error", "a fault of ours; the daemon's log says more (telos logs)", null, null));
            callback.succeeded();
        } catch (IOException | RuntimeException second) {
            callback.failed(second);
        }
    }

    private void dispatch(Request request, Response response) throws ApiException, IOException, InterruptedException {
        boolean admin = adminConnector.equals(
                request.getConnectionMetaData().getConnector().getName());
        if (!admin) {
            Strangers.refuse(
                    request.getHeaders().get(HttpHeader.HOST),
                    request.getHeaders().get(HttpHeader.ORIGIN));
        }
        String path = Request.getPathInContext(request);
        String method = request.getMethod();
        @Nullable Route sameMethod = null;
        boolean samePath = false;
        for (Route route : routes) {
            if ((route.admin() && !admin) || !route.serves(path)) {
                continue;
            }
            samePath = true;
            if (route.method().equals(method)) {
                sameMethod = route;
                break;
            }
        }
        if (sameMethod == null) {
            throw samePath
                    ? new ApiException(405, "invalid_request_error", method + " is not for " + path, null, null)
                    : ApiException.notFound("there is nothing at " + path, null);
        }
        String rest = sameMethod.prefix() ? path.substring(sameMethod.path().length()) : "";
        sameMethod.endpoint().serve(new Exchange(request, response, rest));
    }
}
