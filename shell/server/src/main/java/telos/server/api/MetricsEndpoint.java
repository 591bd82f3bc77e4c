package telos.server.api;

import java.io.IOException;
import java.util.Locale;
import telos.server.DaemonStatus;
import telos.server.MemoryReport;
import telos.server.ModelFigures;
import telos.server.Models;
import telos.server.Runs;
import telos.server.ServedModel;
import telos.server.api.http.Endpoint;
import telos.server.api.http.Exchange;

/** {@code GET /metrics} in Prometheus' text format 0.0.4; vLLM's names where the meaning is the same. */
final class MetricsEndpoint implements Endpoint {
    private final DaemonStatus status;
    private final Models models;
    private final Runs runs;

    MetricsEndpoint(DaemonStatus status, Models models, Runs runs) {
        this.status = status;
        this.models = models;
        this.runs = runs;
    }

    @Override
    public void serve(Exchange exchange) throws IOException {
        StringBuilder out = new StringBuilder();
        head(out, "telos_uptime_seconds", "gauge", "How long the daemon has been running.");
        line(out, "telos_uptime_seconds", "", status.uptimeSeconds());
        head(out, "telos_agents_running", "gauge", "Agents at work.");
        line(out, "telos_agents_running", "", runs.running());
        for (Metric metric : Metric.values()) {
            head(out, metric.metric, metric.kind, metric.help);
            for (ServedModel model : models.served()) {
                line(
                        out,
                        metric.metric,
                        "{model_name=\"" + escaped(model.name()) + "\"}",
                        metric.of(model.figures(), model.memory()));
            }
        }
        exchange.text(200, "text/plain; version=0.0.4; charset=utf-8", out.toString());
    }

    private enum Metric {
        RUNNING("vllm:num_requests_running", "gauge", "Sequences in the batch."),
        WAITING("vllm:num_requests_waiting", "gauge", "Sequences that wait for a place."),
        CACHE("vllm:kv_cache_usage_perc", "gauge", "Share of KV blocks in use, 0 to 1."),
        PROMPT("vllm:prompt_tokens_total", "counter", "Prompt tokens read."),
        GENERATED("vllm:generation_tokens_total", "counter", "Tokens generated."),
        PREEMPTIONS("vllm:num_preemptions_total", "counter", "Sequences preempted for want of blocks."),
        QUERIES("vllm:prefix_cache_queries_total", "counter", "Prompt tokens looked up among cached blocks."),
        HITS("vllm:prefix_cache_hits_total", "counter", "Prompt tokens found among cached blocks.");

        private final String metric;
        private final String kind;
        private final String help;

        Metric(String metric, String kind, String help) {
            this.metric = metric;
            this.kind = kind;
            this.help = help;
        }

        double of(ModelFigures figures, MemoryReport memory) {
            return switch (this) {
                case RUNNING -> figures.running();
                case WAITING -> figures.waiting();
                case CACHE ->
                    memory.blocks().total() == 0
                            ? 0
                            : (double) memory.blocks().used() / memory.blocks().total();
                case PROMPT -> figures.promptTokens();
                case GENERATED -> figures.generatedTokens();
                case PREEMPTIONS -> figures.preemptions();
                case QUERIES -> figures.prefixQueries();
                case HITS -> figures.prefixHits();
            };
        }
    }

    private static void head(StringBuilder out, String name, String kind, String help) {
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
        out.append("# TYPE ").append(name).append(' ').append(kind).append('\n');
    }

    private static void line(StringBuilder out, String name, String labels, double value) {
        out.append(name).append(labels).append(' ');
        out.append(
                value == Math.rint(value) && Math.abs(value) < 1e15
                        ? Long.toString((long) value)
                        : String.format(Locale.ROOT, "%.6f", value));
        out.append('\n');
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
