package telos.server.sight;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where traces go, by OpenTelemetry's environment variables (Specification, OTLP Exporter configuration).
 *
 * @param endpoint takes OTLP traces as JSON
 * @param headers that each message carries
 */
public record TraceOptions(URI endpoint, Map<String, String> headers, String service) {
    private static final System.Logger LOG = System.getLogger(TraceOptions.class.getName());

    /** Empty where no endpoint is set, or none that traces can be sent to; the log says why not. */
    public static Optional<TraceOptions> of(Map<String, String> environment) {
        String exact = environment.getOrDefault("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "");
        String general = environment.getOrDefault("OTEL_EXPORTER_OTLP_ENDPOINT", "");
        String address = exact.isEmpty() ? general : exact;
        if (address.isEmpty()
                || environment.getOrDefault("OTEL_SDK_DISABLED", "").equalsIgnoreCase("true")) {
            return Optional.empty();
        }
        String protocol = first(environment, "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "OTEL_EXPORTER_OTLP_PROTOCOL");
        if (protocol.toLowerCase(Locale.ROOT).equals("grpc")) {
            return refused("traces are sent by HTTP, not by gRPC; set OTEL_EXPORTER_OTLP_PROTOCOL=http/json");
        }
        try {
            URI uri = URI.create(exact.isEmpty() ? general.replaceFirst("/+$", "") + "/v1/traces" : exact);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (uri.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
                return refused("'" + address + "' is no address of http or https");
            }
            return Optional.of(new TraceOptions(
                    uri,
                    headers(first(environment, "OTEL_EXPORTER_OTLP_TRACES_HEADERS", "OTEL_EXPORTER_OTLP_HEADERS")),
                    environment.getOrDefault("OTEL_SERVICE_NAME", "telos")));
        } catch (IllegalArgumentException e) {
            return refused(String.valueOf(e.getMessage()));
        }
    }

    private static Optional<TraceOptions> refused(String why) {
        LOG.log(System.Logger.Level.WARNING, "no traces are sent: {0}", why);
        return Optional.empty();
    }

    private static String first(Map<String, String> environment, String one, String other) {
        return environment.getOrDefault(one, environment.getOrDefault(other, ""));
    }

    private static Map<String, String> headers(String list) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String each : list.split(",", -1)) {
            int equals = each.indexOf('=');
            if (equals > 0) {
                headers.put(
                        each.substring(0, equals).strip(),
                        URLDecoder.decode(
                                each.substring(equals + 1).strip().replace("+", "%2B"), StandardCharsets.UTF_8));
            }
        }
        return headers;
    }

    public TraceOptions {
        headers = Map.copyOf(headers);
    }
}
