package telos.server.tenants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import telos.server.tenants.Allowance.Beyond;
import telos.server.tenants.Allowance.Granted;
import telos.server.tenants.Allowance.Wait;

class AllowanceTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void grantsEverythingWithoutAQuota() {
        Allowance allowance = new Allowance(Quota.NONE, 0);
        for (int i = 0; i < 1000; i++) {
            assertThat(allowance.enter(0)).isInstanceOf(Granted.class);
            assertThat(allowance.reserve(1_000_000)).isInstanceOf(Granted.class);
            allowance.charge(1_000_000_000, 0);
        }
        assertThat(allowance.headers(0)).isEmpty();
    }

    @Test
    void refusesARequestBeyondTheRateAndSaysWhenToComeBack() {
        Allowance allowance = new Allowance(new Quota(2, 0, 0, 0), 0);
        assertThat(allowance.enter(0)).isInstanceOf(Granted.class);
        assertThat(allowance.enter(0)).isInstanceOf(Granted.class);
        assertThat(allowance.enter(0))
                .isEqualTo(new Wait("this key may make 2 requests a minute, and has made them", 30 * SECOND));
        assertThat(allowance.enter(30 * SECOND - 1)).isInstanceOf(Wait.class);
        assertThat(allowance.enter(30 * SECOND)).isInstanceOf(Granted.class);
    }

    @Test
    void refusesOneTooManyAtOnceWithoutCountingItAsARequest() {
        Allowance allowance = new Allowance(new Quota(2, 0, 1, 0), 0);
        assertThat(allowance.enter(0)).isInstanceOf(Granted.class);
        for (int i = 0; i < 10; i++) {
            assertThat(allowance.enter(0)).isInstanceOf(Wait.class);
        }
        allowance.leave();
        assertThat(allowance.enter(0)).isInstanceOf(Granted.class);
    }

    @Test
    void letsTokensBeOwedAndRefusesUntilTheyArePaid() {
        Allowance allowance = new Allowance(new Quota(0, 600, 0, 0), 0);
        assertThat(allowance.enter(0)).isInstanceOf(Granted.class);
        allowance.charge(1200, 0);
        assertThat(allowance.enter(59 * SECOND)).isInstanceOf(Wait.class);
        assertThat(allowance.enter(60 * SECOND))
                .isEqualTo(new Wait("this key may use 600 tokens a minute, and has used them", SECOND / 10));
        assertThat(allowance.enter(61 * SECOND)).isInstanceOf(Granted.class);
    }

    @Test
    void refusesForGoodWhatNeverFits() {
        Allowance allowance = new Allowance(new Quota(0, 0, 0, 10), 0);
        assertThat(allowance.reserve(11)).isInstanceOf(Beyond.class);
        assertThat(allowance.reserve(7)).isInstanceOf(Granted.class);
        assertThat(allowance.reserve(4)).isInstanceOf(Wait.class);
        allowance.release(7);
        assertThat(allowance.reserve(4)).isInstanceOf(Granted.class);
    }

    @Test
    void tellsWhatIsLeftByTheNamesThatClientsKnow() {
        Allowance allowance = new Allowance(new Quota(10, 600, 0, 0), 0);
        allowance.enter(0);
        allowance.charge(61, 0);
        assertThat(allowance.headers(0))
                .containsEntry("x-ratelimit-limit-requests", "10")
                .containsEntry("x-ratelimit-remaining-requests", "9")
                .containsEntry("x-ratelimit-reset-requests", "6s")
                .containsEntry("x-ratelimit-limit-tokens", "600")
                .containsEntry("x-ratelimit-remaining-tokens", "539")
                .containsEntry("x-ratelimit-reset-tokens", "6.1s");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0ms",
        "1, 1ms",
        "999000000, 999ms",
        "1000000000, 1s",
        "1500000000, 1.5s",
        "59999000001, 1m0s",
        "60000000000, 1m0s",
        "361000000000, 6m1s"
    })
    void spellsSpansAsOpenAiDoes(long nanos, String text) {
        assertThat(Allowance.span(nanos)).isEqualTo(text);
    }

    @Test
    void refusesQuotasThatMakeNoSense() {
        assertThatThrownBy(() -> new Quota(-1, 0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Quota(0, Quota.MOST + 1, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Against lists of what happened, gone through anew at every step. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void keepsWithinItsBounds(long seed) {
        Random random = new Random(seed);
        Quota quota = new Quota(
                random.nextInt(3) * 20, random.nextInt(3) * 1000, random.nextInt(3) * 3, random.nextInt(3) * 40);
        Allowance allowance = new Allowance(quota, 0);
        List<Long> starts = new ArrayList<>();
        Deque<Integer> held = new ArrayDeque<>();
        long now = 0;
        int running = 0;
        double spent = 0;
        for (int i = 0; i < 3000; i++) {
            now += random.nextLong(2 * SECOND);
            switch (random.nextInt(5)) {
                case 0, 1 -> {
                    if (allowance.enter(now) instanceof Granted) {
                        starts.add(now);
                        running++;
                    }
                }
                case 2 -> {
                    if (running > 0) {
                        running--;
                        int tokens = random.nextInt(300);
                        allowance.charge(tokens, now);
                        spent += tokens;
                        allowance.leave();
                    }
                }
                case 3 -> {
                    int blocks = 1 + random.nextInt(30);
                    if (allowance.reserve(blocks) instanceof Granted) {
                        held.add(blocks);
                    }
                }
                default -> {
                    if (!held.isEmpty()) {
                        allowance.release(held.remove());
                    }
                }
            }
            long minuteAgo = now - 60 * SECOND;
            if (quota.requests() > 0) {
                assertThat(starts.stream().filter(start -> start > minuteAgo).count())
                        .isLessThanOrEqualTo(2L * quota.requests());
                assertThat(starts.size()).isLessThanOrEqualTo((int) (quota.requests() * (1 + now / (60.0 * SECOND))));
            }
            if (quota.concurrency() > 0) {
                assertThat(running).isLessThanOrEqualTo(quota.concurrency());
                assertThat(spent).isGreaterThanOrEqualTo(0);
            }
            if (quota.blocks() > 0) {
                assertThat(held.stream().mapToInt(Integer::intValue).sum()).isLessThanOrEqualTo(quota.blocks());
            }
        }
        assertThat(starts).isNotEmpty();
    }
}
