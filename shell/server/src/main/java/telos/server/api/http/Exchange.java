package telos.server.api.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;
import telos.server.Gate;
import telos.server.Tenant;
import telos.server.tenants.Rank;
import tools.jackson.databind.JsonNode;

/** One request and its answer, read and written with blocking calls. */
public final class Exchange {
    private final Request request;
    private final Response response;
    private final Intake intake;
    private final ResponseOutlet outlet;
    private final Presence presence;
    private final String id;
    private final AtomicBoolean awaited = new AtomicBoolean();
    private Recorder recorder = Recorder.NONE;
    private ErrorShape shape = ErrorShape.OPENAI;
    private Tenant tenant = Tenant.LOCAL;
    private Runnable place = Exchange::noPlace;
    private Rank rank = Rank.OWNER;
    private List<String> names = List.of();
    private String route = "";
    private boolean trusted;
    private long held;
    private byte @Nullable [] bytes;
    /** Whether reading the body was begun. */
    private boolean asked;
    /** Whether some of the body is left when the answer begins, so that the connection cannot be used again. */
    private boolean unread;

    Exchange(Request request, Response response, Intake intake, Bounds bounds, String id) {
        this.request = request;
        this.response = response;
        this.intake = intake;
        this.outlet = new ResponseOutlet(response, bounds.writeStall(), this::leave);
        this.presence = new Presence(request);
        this.id = id;
        shape(ErrorShape.OPENAI);
    }

    /** The dialect of the route; a client that names Anthropic's version reads Anthropic's errors everywhere. */
    void shape(ErrorShape ofRoute) {
        shape = anthropic() ? ErrorShape.ANTHROPIC : ofRoute;
    }

    void found(Route newRoute, List<String> newNames) {
        shape(newRoute.shape());
        route = newRoute.path();
        names = newNames;
    }

    /** Whoever comes by the owner's door need not say that the body is JSON. */
    void trusted() {
        trusted = true;
    }

    void entered(Gate.Entered entered) {
        of(entered.tenant());
        rank = entered.rank();
        place = entered.leave();
    }

    void of(Tenant newTenant) {
        tenant = newTenant;
    }

    /**
     * Gives back the place that its tenant has for this request, unless somebody has taken it over. It is done before the
     * last of the answer is written: who has read that may send the next request at once.
     */
    void leave() {
        stay().run();
    }

    private static void noPlace() {}

    /** Takes over the place that its tenant has for this request; the result is to be run once, to give it back. */
    public Runnable stay() {
        Runnable taken = place;
        place = Exchange::noPlace;
        return taken;
    }

    void record(Recorder newRecorder) {
        recorder = newRecorder;
        outlet.record(newRecorder);
    }

    /** Names this request in answers and logs. */
    public String id() {
        return id;
    }

    public Tenant tenant() {
        return tenant;
    }

    /** How its tenant stands beside others. */
    public Rank rank() {
        return rank;
    }

    public String method() {
        return request.getMethod();
    }

    /** The path of the route with its placeholders; empty where there is none. */
    String route() {
        return route;
    }

    /** As it was asked for; empty where the request has none, as CONNECT has. */
    public String path() {
        return Objects.requireNonNullElse(request.getHttpURI().getPath(), "");
    }

    /** What stands for the path's first placeholder; empty where it has none. */
    public String name() {
        return names.isEmpty() ? "" : names.getFirst();
    }

    /** Whether an Anthropic client asks. */
    public boolean anthropic() {
        return request.getHeaders().contains("anthropic-version");
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeaders().get(name));
    }

    /** A parameter of the query, the first of that name. */
    public Optional<String> query(String name) throws ApiException {
        try {
            return Optional.ofNullable(Request.extractQueryParameters(request).getValue(name));
        } catch (IllegalArgumentException | HttpException.RuntimeException e) {
            throw ApiException.invalid("the query is not well formed", name);
        }
    }

    /** The body as it came. */
    public byte[] bytes() throws ApiException, IOException, InterruptedException {
        if (bytes == null) {
            if (!trusted) {
                refuseOtherThanJson();
            }
            asked = true;
            bytes = intake.read(request, awaited);
            held += bytes.length;
        }
        return bytes;
    }

    /**
     * Charges what this request takes of the memory that all of them share, until it has been answered.
     *
     * @throws ApiException if there is too little left
     */
    public void charge(long more) throws ApiException {
        intake.charge(more);
        held += more;
    }

    /** What was charged so far, in bytes. */
    public long held() {
        return held;
    }

    /** The body as a JSON object. */
    public Fields body() throws ApiException, IOException, InterruptedException {
        byte[] text = bytes();
        Fields body = Json.body(text);
        charge(Math.max(0, Json.weight(body.node()) - text.length));
        return body;
    }

    private void refuseOtherThanJson() throws ApiException {
        String type = header("content-type").orElse("application/json").toLowerCase(Locale.ROOT);
        String essence = type.split(";", 2)[0].strip();
        if (!essence.equals("application/json") && !essence.endsWith("+json")) {
            throw ApiException.refused(
                    415, "the body must be JSON, sent as 'Content-Type: application/json'", "unsupported_media_type");
        }
        String encoding = header("content-encoding").orElse("identity");
        if (!encoding.equalsIgnoreCase("identity")) {
            throw ApiException.refused(
                    415, "bodies are read as they are, without a content encoding", "unsupported_media_type");
        }
    }

    public void json(int status, JsonNode body) throws IOException {
        text(status, "application/json", body.toString());
    }

    public void text(int status, String contentType, String body) throws IOException {
        bytes(status, contentType, body.getBytes(StandardCharsets.UTF_8));
    }

    /** The whole answer. */
    public void bytes(int status, String contentType, byte[] body) throws IOException {
        begin(status, contentType);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        outlet.write(true, body);
    }

    /** A header of the answer. */
    public void says(String header, String value) {
        response.getHeaders().put(header, value);
    }

    public void nothing(int status) {
        response.setStatus(status);
    }

    /** Starts a stream of server-sent events as the answer. */
    public EventStream events() {
        begin(200, "text/event-stream");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-cache");
        return new EventStream(outlet);
    }

    private void begin(int status, String contentType) {
        unread = bytes == null && (asked || !intake.skip(request, awaited));
        if (unread && !multiplexed()) {
            response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
        }
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
        recorder.begins(status, contentType);
    }

    /** The body of an error that comes after the answer was begun, in this request's dialect. */
    public JsonNode broken(ApiException error) {
        recorder.spoils();
        return shape.of(error, id);
    }

    void refuse(ApiException error) throws IOException {
        if (error.retryAfterSeconds() > 0) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, error.retryAfterSeconds());
        }
        json(error.status(), shape.of(error, id));
    }

    /**
     * Notices a client that no longer waits.
     *
     * @throws IOException if it has gone
     */
    public void checkPresence() throws IOException {
        presence.check();
    }

    private boolean multiplexed() {
        return request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2;
    }

    /** Lets a client that is still sending a body that nobody wants come to the answer: a reset would take it away. */
    void linger() {
        if (unread && !multiplexed()) {
            intake.linger(request, awaited);
        }
    }

    boolean committed() {
        return response.isCommitted();
    }

    void close() {
        intake.release(held);
        held = 0;
    }
}
