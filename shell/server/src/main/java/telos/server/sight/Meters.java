package telos.server.sight;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import telos.inference.chat.ChatOutcome;

/**
 * What each model did for each tenant since the daemon started. There are at most so many pairs of the two; what comes
 * after is counted for the tenant "other", so that names cannot fill the memory.
 */
public final class Meters {
    private static final int MOST_SERIES = 200;
    private static final String OTHER = "other";
    private static final double[] TO_FIRST = {
        0.001, 0.0025, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 20, 40, 80, 160
    };
    private static final double[] BETWEEN = {
        0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5, 5, 10
    };
    private static final double[] WHOLE = {
        0.01, 0.025, 0.05, 0.1, 0.3, 0.5, 0.8, 1, 1.5, 2, 2.5, 5, 10, 15, 20, 30, 40, 50, 60, 120, 240, 480, 960
    };

    private record Name(String model, String tenant) {}

    /** How a turn ended, by vLLM's words and ours. */
    public enum End {
        STOP,
        LENGTH,
        /** The client went away, or the daemon ended. */
        ABORT,
        FAILED,
        REFUSED
    }

    /** The counts of one model for one tenant. */
    public static final class Series {
        private final Histogram toFirst = new Histogram(TO_FIRST);
        private final Histogram between = new Histogram(BETWEEN);
        private final Histogram whole = new Histogram(WHOLE);
        private final Map<End, LongAdder> ends = new EnumMap<>(End.class);
        private final LongAdder prompt = new LongAdder();
        private final LongAdder cached = new LongAdder();
        private final LongAdder generated = new LongAdder();

        private Series() {
            for (End end : End.values()) {
                ends.put(end, new LongAdder());
            }
        }

        public void first(long nanos) {
            toFirst.record(nanos);
        }

        public void next(long nanos) {
            between.record(nanos);
        }

        public void used(ChatOutcome.Usage usage) {
            prompt.add(usage.prompt());
            cached.add(usage.cached());
            generated.add(usage.completion());
        }

        public void ended(End end, long nanos) {
            @Nullable LongAdder count = ends.get(end);
            if (count != null) {
                count.increment();
            }
            if (end != End.REFUSED) {
                whole.record(nanos);
            }
        }

        private long count(End end) {
            @Nullable LongAdder count = ends.get(end);
            return count == null ? 0 : count.sum();
        }
    }

    private final ConcurrentMap<Name, Series> series = new ConcurrentHashMap<>();

    public Series of(String model, String tenant) {
        Name name = new Name(model, tenant);
        @Nullable Series known = series.get(name);
        if (known != null) {
            return known;
        }
        Name counted = series.size() < MOST_SERIES
                ? name
                : series.size() < 2 * MOST_SERIES ? new Name(model, OTHER) : new Name(OTHER, OTHER);
        return series.computeIfAbsent(counted, _ -> new Series());
    }

    /** Writes them all, or those of one tenant. */
    public void write(Exposition out, @Nullable String onlyOf) {
        List<Map.Entry<Name, Series>> shown = new ArrayList<>(series.entrySet());
        shown.removeIf(each -> onlyOf != null && !each.getKey().tenant().equals(onlyOf));
        shown.sort(Comparator.comparing(
                        (Map.Entry<Name, Series> each) -> each.getKey().model())
                .thenComparing(each -> each.getKey().tenant()));
        histogram(
                out,
                shown,
                "vllm:time_to_first_token_seconds",
                "From a request to its first token.",
                (name, each) -> out.histogram("vllm:time_to_first_token_seconds", each.toFirst, labels(name)));
        histogram(
                out,
                shown,
                "vllm:inter_token_latency_seconds",
                "Between one piece of an answer and the next.",
                (name, each) -> out.histogram("vllm:inter_token_latency_seconds", each.between, labels(name)));
        histogram(
                out,
                shown,
                "vllm:e2e_request_latency_seconds",
                "From a request to the end of its answer.",
                (name, each) -> out.histogram("vllm:e2e_request_latency_seconds", each.whole, labels(name)));
        counter(
                out,
                shown,
                "vllm:request_success_total",
                "Requests that came to an end, by the reason.",
                (name, each) -> List.of(End.STOP, End.LENGTH, End.ABORT)
                        .forEach(end -> out.sample(
                                "vllm:request_success_total",
                                each.count(end),
                                "model_name",
                                name.model(),
                                "tenant",
                                name.tenant(),
                                "finished_reason",
                                end.name().toLowerCase(Locale.ROOT))));
        counter(
                out,
                shown,
                "telos_requests_refused_total",
                "Requests that were not started.",
                (name, each) -> out.sample("telos_requests_refused_total", each.count(End.REFUSED), labels(name)));
        counter(
                out,
                shown,
                "telos_requests_failed_total",
                "Requests that broke off by a fault.",
                (name, each) -> out.sample("telos_requests_failed_total", each.count(End.FAILED), labels(name)));
        counter(
                out,
                shown,
                "telos_tenant_prompt_tokens_total",
                "Prompt tokens of requests that were answered.",
                (name, each) -> out.sample("telos_tenant_prompt_tokens_total", each.prompt.sum(), labels(name)));
        counter(
                out,
                shown,
                "telos_tenant_cached_tokens_total",
                "Those of them that were found in memory.",
                (name, each) -> out.sample("telos_tenant_cached_tokens_total", each.cached.sum(), labels(name)));
        counter(
                out,
                shown,
                "telos_tenant_generation_tokens_total",
                "Tokens of answers.",
                (name, each) -> out.sample("telos_tenant_generation_tokens_total", each.generated.sum(), labels(name)));
    }

    private static String[] labels(Name name) {
        return new String[] {"model_name", name.model(), "tenant", name.tenant()};
    }

    private static void histogram(
            Exposition out,
            List<Map.Entry<Name, Series>> shown,
            String name,
            String help,
            BiConsumer<Name, Series> samples) {
        out.family(name, "histogram", help);
        shown.forEach(each -> samples.accept(each.getKey(), each.getValue()));
    }

    private static void counter(
            Exposition out,
            List<Map.Entry<Name, Series>> shown,
            String name,
            String help,
            BiConsumer<Name, Series> samples) {
        out.family(name, "counter", help);
        shown.forEach(each -> samples.accept(each.getKey(), each.getValue()));
    }
}
