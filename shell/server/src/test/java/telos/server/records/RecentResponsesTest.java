package telos.server.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import telos.server.Tenant;

/** What is kept in memory: responses, and answers to requests that were sent with a key. */
class RecentResponsesTest {
    private static final Tenant OTHER = new Tenant("other");

    private static StoredResponse response(String id, int size) {
        return new StoredResponse(id, Optional.empty(), "[]", "x".repeat(size));
    }

    @Test
    void keepsEachTenantsOwn() {
        RecentResponses store = new RecentResponses(1000);
        store.put(Tenant.LOCAL, response("a", 10));
        assertThat(store.get(Tenant.LOCAL, "a")).isPresent();
        assertThat(store.get(OTHER, "a")).isEmpty();
        assertThat(store.delete(OTHER, "a")).isFalse();
        assertThat(store.delete(Tenant.LOCAL, "a")).isTrue();
        assertThat(store.get(Tenant.LOCAL, "a")).isEmpty();
    }

    @Test
    void forgetsFirstWhatNobodyAskedForLongest() {
        RecentResponses store = new RecentResponses(600);
        store.put(Tenant.LOCAL, response("a", 100));
        store.put(Tenant.LOCAL, response("b", 100));
        store.put(Tenant.LOCAL, response("c", 100));
        assertThat(store.get(Tenant.LOCAL, "a")).isPresent();
        store.put(Tenant.LOCAL, response("d", 100));
        assertThat(store.get(Tenant.LOCAL, "b")).isEmpty();
        assertThat(store.get(Tenant.LOCAL, "a")).isPresent();
        store.put(Tenant.LOCAL, response("huge", 10_000));
        assertThat(store.get(Tenant.LOCAL, "huge")).isEmpty();
    }

    @Test
    void answersARequestOnceAndRepeatsTheAnswer() {
        RecentRequests store = new RecentRequests(10_000);
        assertThat(store.begin("k", Tenant.LOCAL, "h")).isInstanceOf(IdempotencyStore.Fresh.class);
        assertThat(store.begin("k", Tenant.LOCAL, "h")).isInstanceOf(IdempotencyStore.InProgress.class);
        assertThat(store.begin("k", Tenant.LOCAL, "other")).isInstanceOf(IdempotencyStore.Mismatch.class);
        assertThat(store.begin("k", OTHER, "other")).isInstanceOf(IdempotencyStore.Fresh.class);
        store.complete("k", Tenant.LOCAL, 200, "text/plain", new byte[] {1, 2});
        assertThat(store.begin("k", Tenant.LOCAL, "h"))
                .isInstanceOfSatisfying(
                        IdempotencyStore.Replay.class,
                        replay -> assertThat(replay.body()).containsExactly(1, 2));
        store.abandon("k", OTHER);
        assertThat(store.begin("k", OTHER, "another")).isInstanceOf(IdempotencyStore.Fresh.class);
    }

    @Test
    void forgetsOldAnswersButNeverARequestThatIsBeingCarriedOut() {
        RecentRequests store = new RecentRequests(2000);
        store.begin("at work", Tenant.LOCAL, "h");
        for (int i = 0; i < 50; i++) {
            store.begin("k" + i, Tenant.LOCAL, "h");
            store.complete("k" + i, Tenant.LOCAL, 200, "text/plain", new byte[100]);
        }
        assertThat(store.begin("k0", Tenant.LOCAL, "h")).isInstanceOf(IdempotencyStore.Fresh.class);
        assertThat(store.begin("k49", Tenant.LOCAL, "h")).isInstanceOf(IdempotencyStore.Replay.class);
        assertThat(store.begin("at work", Tenant.LOCAL, "h")).isInstanceOf(IdempotencyStore.InProgress.class);
    }
}
