package telos.server.sight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import telos.inference.chat.ChatOutcome;
import telos.server.sight.Meters.End;

class MetersTest {
    private static final long MILLI = 1_000_000;

    private static PrometheusText written(Meters meters, @Nullable String onlyOf) {
        Exposition out = new Exposition();
        meters.write(out, onlyOf);
        return PrometheusText.read(out.text());
    }

    @Test
    void writesNothingButHeadsBeforeAnythingHappened() {
        assertThat(written(new Meters(), null).samples()).isEmpty();
        assertThat(written(new Meters(), null).kinds())
                .containsEntry("vllm:time_to_first_token_seconds", "histogram")
                .containsEntry("vllm:inter_token_latency_seconds", "histogram")
                .containsEntry("vllm:e2e_request_latency_seconds", "histogram")
                .containsEntry("vllm:request_success_total", "counter");
    }

    @Test
    void countsByModelAndTenant() {
        Meters meters = new Meters();
        Meters.Series alice = meters.of("mini", "alice");
        alice.first(30 * MILLI);
        alice.next(10 * MILLI);
        alice.used(new ChatOutcome.Usage(7, 3, 2));
        alice.ended(End.STOP, 100 * MILLI);
        meters.of("mini", "bob").ended(End.REFUSED, 5);
        PrometheusText text = written(meters, null);
        assertThat(text.value(
                        "vllm:request_success_total",
                        "model_name",
                        "mini",
                        "tenant",
                        "alice",
                        "finished_reason",
                        "stop"))
                .isEqualTo(1);
        assertThat(text.value("telos_requests_refused_total", "model_name", "mini", "tenant", "bob"))
                .isEqualTo(1);
        assertThat(text.value("vllm:e2e_request_latency_seconds_count", "model_name", "mini", "tenant", "bob"))
                .isZero();
        assertThat(text.value("vllm:time_to_first_token_seconds_sum", "model_name", "mini", "tenant", "alice"))
                .isEqualTo(0.03);
        assertThat(text.value(
                        "vllm:time_to_first_token_seconds_bucket",
                        "model_name",
                        "mini",
                        "tenant",
                        "alice",
                        "le",
                        "0.02"))
                .isZero();
        assertThat(text.value(
                        "vllm:time_to_first_token_seconds_bucket",
                        "model_name",
                        "mini",
                        "tenant",
                        "alice",
                        "le",
                        "0.04"))
                .isEqualTo(1);
        assertThat(text.value("telos_tenant_prompt_tokens_total", "model_name", "mini", "tenant", "alice"))
                .isEqualTo(7);
    }

    @Test
    void showsATenantNobodyElse() {
        Meters meters = new Meters();
        meters.of("mini", "alice").ended(End.STOP, 1);
        meters.of("mini", "bob").ended(End.STOP, 1);
        assertThat(written(meters, "bob").samples())
                .isNotEmpty()
                .allSatisfy(sample -> assertThat(sample.labels()).containsEntry("tenant", "bob"));
    }

    @Test
    void survivesNamesThatWouldBreakTheFormat() {
        Meters meters = new Meters();
        String name = "a\"b\\c\nd}{,le=\"1\" 5\n# TYPE x gauge";
        meters.of(name, "t").ended(End.LENGTH, 1);
        assertThat(written(meters, null).value("telos_requests_failed_total", "model_name", name, "tenant", "t"))
                .isZero();
    }

    @Test
    void doesNotGrowWithoutEnd() {
        Meters meters = new Meters();
        for (int i = 0; i < 5000; i++) {
            meters.of("m" + i % 1000, "t" + i).ended(End.STOP, 1);
        }
        PrometheusText text = written(meters, null);
        List<PrometheusText.Sample> ended = text.samples().stream()
                .filter(each -> each.name().equals("vllm:e2e_request_latency_seconds_count"))
                .toList();
        assertThat(ended).hasSizeLessThanOrEqualTo(401);
        assertThat(ended.stream().mapToDouble(PrometheusText.Sample::value).sum())
                .isEqualTo(5000);
    }

    @Test
    void losesNoCountWhenManyThreadsCount() throws Exception {
        Meters meters = new Meters();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            threads.add(Thread.ofVirtual().start(() -> {
                for (int i = 0; i < 1000; i++) {
                    meters.of("m", "t").next(i * MILLI);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(written(meters, null)
                        .value("vllm:inter_token_latency_seconds_count", "model_name", "m", "tenant", "t"))
                .isEqualTo(8000);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void histogramsCountAsASortedListWould(long seed) {
        Random random = new Random(seed);
        double[] bounds = random.doubles(1 + random.nextInt(10), 0.001, 3)
                .sorted()
                .distinct()
                .toArray();
        Histogram histogram = new Histogram(bounds);
        long[] seen = random.longs(500, -10, 4_000_000_000L).toArray();
        Arrays.stream(seen).forEach(histogram::record);
        long[] cumulative = histogram.cumulative();
        for (int i = 0; i < bounds.length; i++) {
            long most = Math.round(bounds[i] * 1e9);
            assertThat(cumulative[i])
                    .isEqualTo(Arrays.stream(seen).filter(each -> each <= most).count());
        }
        assertThat(cumulative[bounds.length]).isEqualTo(500);
        assertThat(histogram.seconds())
                .isEqualTo(Arrays.stream(seen).map(each -> Math.max(0, each)).sum() / 1e9);
    }

    @Test
    void refusesBoundsThatDoNotRise() {
        assertThatThrownBy(() -> new Histogram(1, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
