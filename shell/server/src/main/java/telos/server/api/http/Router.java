package telos.server.api.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.URIUtil;
import org.jspecify.annotations.Nullable;
import telos.server.Gate;
import telos.server.sight.Ledger;
import telos.server.sight.Visit;

/** Finds the endpoint for a request, keeps strangers out, and turns faults into answers. */
public final class Router extends Handler.Abstract {
    private static final System.Logger LOG = System.getLogger(Router.class.getName());

    /** A route, and what stands for its placeholders. */
    private record Found(Route route, List<String> names) {}

    private final List<Route> routes = new ArrayList<>();
    private final String adminConnector;
    private final Bounds bounds;
    private final Gate gate;
    private final Intake intake;
    private final Connections connections;
    private final AtomicInteger answering = new AtomicInteger();
    private Strangers strangers = new Strangers(Set.of());
    private Ledger ledger = Ledger.counting();

    /** @param adminConnector the connector whose clients may use the admin routes, and need no key */
    public Router(String adminConnector, Bounds bounds, Gate gate, Connections connections) {
        this.adminConnector = adminConnector;
        this.connections = connections;
        this.bounds = bounds;
        this.gate = gate;
        this.intake = new Intake(bounds);
    }

    /** Serves requests that name this machine by one of these names too. */
    public Router named(Set<String> names) {
        strangers = new Strangers(names);
        return this;
    }

    /** Writes every request into these books. */
    public Router recordedIn(Ledger newLedger) {
        ledger = newLedger;
        return this;
    }

    public Router open(String method, String path, Endpoint endpoint) {
        return add(new Route(method, path, false, false, ErrorShape.OPENAI, endpoint));
    }

    /** For requests that cost next to nothing. */
    public Router free(String method, String path, Endpoint endpoint) {
        return add(new Route(method, path, false, true, ErrorShape.OPENAI, endpoint));
    }

    public Router anthropic(String method, String path, Endpoint endpoint) {
        return add(new Route(method, path, false, false, ErrorShape.ANTHROPIC, endpoint));
    }

    public Router admin(String method, String path, Endpoint endpoint) {
        return add(new Route(method, path, true, false, ErrorShape.OPENAI, endpoint));
    }

    private Router add(Route route) {
        routes.add(route);
        return this;
    }

    public List<Route> routes() {
        return List.copyOf(routes);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        String id = RequestHead.of(request.getHeaders());
        response.getHeaders().put("x-request-id", id);
        response.getHeaders().put("request-id", id);
        connections.busy(request);
        Exchange exchange = new Exchange(request, response, intake, bounds, id);
        Visit visit = ledger.begin(
                id,
                request.getMethod(),
                Optional.ofNullable(request.getHeaders().get("traceparent")));
        try {
            try {
                if (answering.incrementAndGet() > bounds.requests()) {
                    throw ApiException.comeBack(503, "too many requests at once; ask again", "overloaded", 1);
                }
                dispatch(request, exchange, visit);
            } catch (ApiException e) {
                exchange.refuse(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                exchange.refuse(ApiException.comeBack(503, "the daemon is stopping", "stopping", 1));
            }
            exchange.linger();
            callback.succeeded();
        } catch (IOException | UncheckedIOException e) {
            LOG.log(Level.DEBUG, "the client went away: {0}", e.getMessage());
            callback.failed(new EofException(e));
        } catch (RuntimeException e) {
            LOG.log(
                    Level.ERROR,
                    "fault while answering " + id + " " + request.getHttpURI().getPath(),
                    e);
            fault(exchange, callback, e);
        } finally {
            answering.decrementAndGet();
            exchange.close();
            connections.idle(request);
            ledger.end(visit, response.getStatus());
        }
        return true;
    }

    private static void fault(Exchange exchange, Callback callback, RuntimeException e) {
        if (exchange.committed()) {
            callback.failed(e);
            return;
        }
        try {
            exchange.refuse(
                    ApiException.fault("a fault of ours; the daemon's log says more (telos logs)", "internal_error"));
            callback.succeeded();
        } catch (IOException | RuntimeException second) {
            callback.failed(second);
        }
    }

    private void dispatch(Request request, Exchange exchange, Visit visit)
            throws ApiException, IOException, InterruptedException {
        boolean admin = adminConnector.equals(
                request.getConnectionMetaData().getConnector().getName());
        if (!admin) {
            strangers.refuse(called(request), request.getHeaders().getValuesList(HttpHeader.ORIGIN));
        }
        Found found = find(exchange, admin);
        exchange.found(found.route(), found.names());
        visit.route(exchange.route());
        if (admin) {
            exchange.trusted();
            visit.tenant(exchange.tenant().name());
            found.route().endpoint().serve(exchange);
            return;
        }
        Optional<String> key = RequestHead.key(request.getHeaders());
        switch (found.route().free() ? gate.look(key) : gate.enter(key)) {
            case Gate.Entered entered -> {
                try {
                    exchange.entered(entered);
                    visit.tenant(entered.tenant().name());
                    entered.headers().forEach(exchange::says);
                    found.route().endpoint().serve(exchange);
                } finally {
                    exchange.leave();
                }
            }
            case Gate.Unknown unknown -> throw ApiException.unauthorized(unknown.why());
            case Gate.Exhausted exhausted -> {
                exhausted.tenant().ifPresent(tenant -> {
                    exchange.of(tenant);
                    visit.tenant(tenant.name());
                });
                exhausted.headers().forEach(exchange::says);
                throw ApiException.comeBack(
                        429, exhausted.why(), "rate_limit_exceeded", Math.max(1, exhausted.retryAfterSeconds()));
            }
        }
    }

    /** What the client calls this machine: HTTP/2 and a request for a whole URI have it beside the headers (RFC 9113, 8.3.1). */
    private static List<String> called(Request request) {
        List<String> names = new ArrayList<>(request.getHeaders().getValuesList(HttpHeader.HOST));
        @Nullable String authority = request.getHttpURI().getAuthority();
        if (authority != null) {
            names.add(authority);
        }
        return names;
    }

    /** What may be asked of this path; HEAD is answered as GET is, and the server leaves out the body (RFC 9110, 9.3.2). */
    private Found find(Exchange exchange, boolean admin) throws ApiException {
        String method = exchange.method().equals("HEAD") ? "GET" : exchange.method();
        @Nullable Route samePath = null;
        Set<String> methods = new TreeSet<>();
        for (Route route : routes) {
            if (route.admin() && !admin) {
                continue;
            }
            Optional<List<String>> names = route.match(exchange.path());
            if (names.isEmpty()) {
                continue;
            }
            samePath = route;
            methods.add(route.method());
            if (route.method().equals(method)) {
                return new Found(
                        route, names.get().stream().map(URIUtil::decodePath).toList());
            }
        }
        if (samePath != null) {
            exchange.shape(samePath.shape());
            String allowed = String.join(", ", methods);
            exchange.says("allow", allowed);
            throw ApiException.refused(
                    405,
                    exchange.method() + " is not for " + exchange.path() + "; known is " + allowed,
                    "method_not_allowed");
        }
        throw ApiException.notFound("there is nothing at " + exchange.path(), "not_found");
    }
}
