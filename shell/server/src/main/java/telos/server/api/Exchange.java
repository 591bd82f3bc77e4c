package telos.server.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One request and its answer, read and written with blocking calls. */
final class Exchange {
    private static final int MAX_BODY = 16 * 1024 * 1024;

    private final Request request;
    private final Response response;
    private final String rest;

    /** @param rest what follows the route's prefix in the path; empty where nothing does */
    Exchange(Request request, Response response, String rest) {
        this.request = request;
        this.response = response;
        this.rest = rest;
    }

    String rest() {
        return rest;
    }

    /** A parameter of the query. */
    String parameter(String name, String otherwise) throws ApiException {
        try {
            @Nullable String value = Request.extractQueryParameters(request).getValue(name);
            return value == null ? otherwise : value;
        } catch (IllegalArgumentException | HttpException.RuntimeException e) {
            throw ApiException.invalid("the query is not well formed", name);
        }
    }

    /** The body as a JSON object. */
    JsonNode body() throws ApiException, IOException {
        byte[] bytes;
        try (InputStream in = Content.Source.asInputStream(request)) {
            bytes = in.readNBytes(MAX_BODY + 1);
        }
        if (bytes.length > MAX_BODY) {
            throw new ApiException(
                    413, "invalid_request_error", "the body is larger than " + MAX_BODY + " bytes", null, null);
        }
        try {
            JsonNode node = Json.MAPPER.readTree(bytes);
            if (node == null || !node.isObject()) {
                throw ApiException.invalid("the body must be a JSON object", null);
            }
            return node;
        } catch (JacksonException e) {
            String where = e.getLocation() == null
                    ? ""
                    : " at line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            throw ApiException.invalid("the body is not valid JSON" + where + ": " + e.getOriginalMessage(), null);
        }
    }

    void json(int status, JsonNode body) throws IOException {
        text(status, "application/json", body.toString());
    }

    void text(int status, String contentType, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, contentType);
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
        try (OutputStream out = Content.Sink.asOutputStream(response)) {
            out.write(bytes);
        }
    }

    void nothing(int status) {
        response.setStatus(status);
    }

    void error(ApiException error) throws IOException {
        if (error.status() == 429 || error.status() == 503) {
            response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
        }
        json(error.status(), errorBody(error));
    }

    static ObjectNode errorBody(ApiException error) {
        ObjectNode body = Json.object();
        ObjectNode inner = body.putObject("error");
        inner.put("message", error.getMessage());
        inner.put("type", error.type());
        inner.put("param", error.param());
        inner.put("code", error.code());
        return body;
    }

    /** Starts a stream of server-sent events as the answer. */
    EventStream events() {
        response.setStatus(200);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream");
        response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-cache");
        return new EventStream(Content.Sink.asOutputStream(response));
    }

    boolean committed() {
        return response.isCommitted();
    }
}
