package telos.server.api;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import telos.programs.Programs;
import telos.server.DaemonStatus;
import telos.server.Models;
import telos.server.Runs;
import telos.server.api.anthropic.Messages;
import telos.server.api.http.Endpoint;
import telos.server.api.http.Idempotent;
import telos.server.api.http.Router;
import telos.server.api.openai.ChatCompletions;
import telos.server.api.openai.Completions;
import telos.server.api.openai.Embeddings;
import telos.server.api.openai.ModelsEndpoint;
import telos.server.api.openai.Tokenization;
import telos.server.api.responses.Background;
import telos.server.api.responses.Responses;
import telos.server.clock.Clocks;
import telos.server.records.IdempotencyStore;
import telos.server.records.ResponseStore;
import telos.server.sight.Ledger;
import telos.server.tenants.KeyDesk;

/** What is served where. {@code openapi.json} describes the same routes for programs. */
final class Routes {
    private Routes() {}

    /** What endpoints share. */
    record Parts(
            DaemonStatus status,
            Models models,
            Runs runs,
            LongSupplier epochSeconds,
            Path log,
            ResponseStore responses,
            Background background,
            IdempotencyStore requests,
            Ledger ledger,
            Optional<KeyDesk> keys,
            Clocks clocks,
            Optional<Programs> programs) {}

    static void add(Router router, Parts parts) {
        openai(router, parts);
        anthropic(router, parts);
        admin(router, parts);
    }

    private static void openai(Router router, Parts parts) {
        ModelsEndpoint listing =
                new ModelsEndpoint(parts.models(), parts.epochSeconds().getAsLong());
        Responses responses =
                new Responses(parts.models(), parts.responses(), parts.background(), parts.epochSeconds());
        Tokenization tokens = new Tokenization(parts.models());
        router.open("GET", "/v1/models", listing::list)
                .open("GET", "/v1/models/{id}", listing::one)
                .open(
                        "POST",
                        "/v1/chat/completions",
                        work(parts, new ChatCompletions(parts.models(), parts.epochSeconds())))
                .open("POST", "/v1/completions", work(parts, new Completions(parts.models(), parts.epochSeconds())))
                .open("POST", "/v1/embeddings", work(parts, new Embeddings(parts.models())))
                .open("POST", "/v1/responses", work(parts, responses::create))
                .open("POST", "/v1/responses/{id}/cancel", responses::cancel)
                .open("GET", "/v1/responses/{id}/input_items", responses::inputItems)
                .open("GET", "/v1/responses/{id}", responses::get)
                .open("DELETE", "/v1/responses/{id}", responses::delete)
                .open("POST", "/tokenize", work(parts, tokens::tokenize))
                .open("POST", "/detokenize", work(parts, tokens::detokenize));
    }

    private static void anthropic(Router router, Parts parts) {
        Messages messages = new Messages(parts.models());
        router.anthropic("POST", "/v1/messages", work(parts, messages::create))
                .anthropic("POST", "/v1/messages/count_tokens", work(parts, messages::count));
    }

    private static void admin(Router router, Parts parts) {
        AdminEndpoints admin = new AdminEndpoints(parts.status(), parts.models(), parts.runs());
        ModelsEndpoint listing =
                new ModelsEndpoint(parts.models(), parts.epochSeconds().getAsLong());
        Endpoint runs = new RunsEndpoint(parts.runs(), parts.models(), System::nanoTime);
        ApprovalsEndpoint approvals = new ApprovalsEndpoint(parts.runs());
        PlansEndpoint plans = new PlansEndpoint(parts.runs().plans());
        router.free("GET", "/health", admin::health)
                .open("GET", "/openapi.json", exchange -> exchange.bytes(200, "application/json", description()))
                .free(
                        "GET",
                        "/metrics",
                        new MetricsEndpoint(parts.status(), parts.models(), parts.runs(), parts.ledger()))
                .admin("POST", "/runs", working(parts.status(), runs))
                .admin("GET", "/agents", admin::agents)
                .admin("DELETE", "/agents/{id}", admin::kill)
                .admin("GET", "/memory", admin::memory)
                .admin("GET", "/models", listing::admin)
                .admin("GET", "/approvals", approvals::list)
                .admin("POST", "/approvals/{id}", approvals::answer)
                .admin("POST", "/policy", approvals::policy)
                .admin("GET", "/policy", approvals::shown)
                .admin("GET", "/tools", plans::tools)
                .admin("GET", "/plans", plans::list)
                .admin("POST", "/plans", working(parts.status(), plans::begin))
                .admin("POST", "/plans/{id}/calls", working(parts.status(), plans::call))
                .admin("DELETE", "/plans/{id}", plans::end)
                .admin("GET", "/logs", new LogsEndpoint(parts.log()))
                .admin("POST", "/shutdown", admin::shutdown);
        SchedEndpoint sched = new SchedEndpoint(parts.clocks());
        router.admin("GET", "/sched", sched::show)
                .admin("GET", "/sched/trace", sched::trace)
                .admin("POST", "/sched/entity", sched::set)
                .admin("POST", "/sched/cancel", new CancelEndpoint(parts.clocks()))
                .admin("POST", "/sched/policy", sched::policy);
        parts.programs().ifPresent(shared -> {
            ProgramsEndpoint programs = new ProgramsEndpoint(shared);
            router.admin("POST", "/programs", working(parts.status(), programs::take))
                    .admin("GET", "/programs", programs::list)
                    .admin("PATCH", "/programs/{id}", programs::change)
                    .admin("DELETE", "/programs/{id}", programs::end)
                    .admin("POST", "/programs/{id}/signal", programs::signal);
        });
        parts.keys().ifPresent(desk -> {
            KeysEndpoint keys = new KeysEndpoint(desk);
            router.admin("GET", "/keys", keys::list)
                    .admin("POST", "/keys", keys::make)
                    .admin("DELETE", "/keys/{id}", keys::revoke);
        });
    }

    private static byte[] description() throws IOException {
        try (InputStream in = Objects.requireNonNull(Routes.class.getResourceAsStream("openapi.json"))) {
            return in.readAllBytes();
        }
    }

    /** Work that clients may send twice. */
    private static Endpoint work(Parts parts, Endpoint endpoint) {
        return working(parts.status(), new Idempotent(endpoint, parts.requests()));
    }

    /** Counts as work, so that the daemon does not leave for being idle. */
    private static Endpoint working(DaemonStatus status, Endpoint endpoint) {
        return exchange -> {
            status.begin();
            try {
                endpoint.serve(exchange);
            } finally {
                status.end();
            }
        };
    }
}
