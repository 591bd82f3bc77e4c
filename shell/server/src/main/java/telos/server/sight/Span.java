package telos.server.sight;

import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One operation of a trace, as OTLP spells it in JSON (opentelemetry-proto, trace.proto; ids in hexadecimal). */
record Span(ObjectNode json) {
    private static final int SERVER = 2;
    private static final int ERROR = 2;

    static Span of(
            ObjectNode json, String trace, String id, String parent, String name, long startNanos, long endNanos) {
        json.put("traceId", trace).put("spanId", id);
        if (!parent.isEmpty()) {
            json.put("parentSpanId", parent);
        }
        json.put("name", name)
                .put("kind", SERVER)
                .put("startTimeUnixNano", Long.toString(startNanos))
                .put("endTimeUnixNano", Long.toString(endNanos));
        json.putArray("attributes");
        return new Span(json);
    }

    private ObjectNode value(String name) {
        return json.withArray("attributes").addObject().put("key", name).putObject("value");
    }

    Span text(String name, String value) {
        value(name).put("stringValue", value);
        return this;
    }

    /** A whole number, which OTLP spells as text. */
    Span whole(String name, long value) {
        value(name).put("intValue", Long.toString(value));
        return this;
    }

    Span number(String name, double value) {
        value(name).put("doubleValue", value);
        return this;
    }

    Span texts(String name, Iterable<String> values) {
        ArrayNode array = value(name).putObject("arrayValue").putArray("values");
        values.forEach(each -> array.addObject().put("stringValue", each));
        return this;
    }

    Span failed(String why) {
        json.putObject("status").put("code", ERROR).put("message", why);
        return this;
    }
}
