package telos.server;

import java.util.Map;

/**
 * What a daemon tells of its work.
 *
 * @param words whether prompts and answers stand in the access log and in traces
 * @param environment OpenTelemetry's variables say where traces go
 */
public record SightOptions(boolean words, Map<String, String> environment) {
    /** An access log without words, and no traces. */
    public static final SightOptions NONE = new SightOptions(false, Map.of());

    public SightOptions {
        environment = Map.copyOf(environment);
    }
}
