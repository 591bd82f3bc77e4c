package telos.server.api;

import java.io.IOException;
import telos.server.DaemonStatus;
import telos.server.MemoryReport;
import telos.server.ModelFigures;
import telos.server.Models;
import telos.server.Runs;
import telos.server.ServedModel;
import telos.server.Tenant;
import telos.server.api.http.Endpoint;
import telos.server.api.http.Exchange;
import telos.server.sight.Exposition;
import telos.server.sight.Ledger;

/** {@code GET /metrics} in Prometheus' text format 0.0.4; vLLM's names where the meaning is the same. */
final class MetricsEndpoint implements Endpoint {
    private final DaemonStatus status;
    private final Models models;
    private final Runs runs;
    private final Ledger ledger;

    MetricsEndpoint(DaemonStatus status, Models models, Runs runs, Ledger ledger) {
        this.status = status;
        this.models = models;
        this.runs = runs;
        this.ledger = ledger;
    }

    /** Everybody sees the figures of the models; of those of tenants, one that came with a key sees its own alone. */
    @Override
    public void serve(Exchange exchange) throws IOException {
        Exposition out = new Exposition();
        out.family("telos_uptime_seconds", "gauge", "How long the daemon has been running.")
                .sample("telos_uptime_seconds", status.uptimeSeconds());
        out.family("telos_agents_running", "gauge", "Agents at work.").sample("telos_agents_running", runs.running());
        out.family("telos_spans_lost_total", "counter", "Spans of traces that no collector took.")
                .sample("telos_spans_lost_total", ledger.lostSpans());
        for (Metric metric : Metric.values()) {
            out.family(metric.metric, metric.kind, metric.help);
            for (ServedModel model : models.served()) {
                out.sample(metric.metric, metric.of(model.figures(), model.memory()), "model_name", model.name());
            }
        }
        Tenant asks = exchange.tenant();
        ledger.meters().write(out, asks.equals(Tenant.LOCAL) ? null : asks.name());
        exchange.text(200, Exposition.CONTENT_TYPE, out.text());
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
}
