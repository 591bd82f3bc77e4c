package telos.server.api.responses;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import telos.server.FakeModel;
import telos.server.Gate;
import telos.server.OpenDoors;
import telos.server.Tenant;
import telos.server.api.http.Bounds;
import telos.server.records.RecentResponses;
import telos.server.records.ResponseStore;
import telos.server.records.StoredResponse;

/** Responses that are made while nobody waits. */
@Timeout(30)
class BackgroundTest {
    private static final String PATH = "/v1/responses";
    private static final String BODY = "{\"input\":\"x\",\"background\":true}";

    private final FakeModel model = new FakeModel();
    private final Ids kept = new Ids();

    /** Knows what it keeps. */
    private static final class Ids implements ResponseStore {
        private final ResponseStore inner = new RecentResponses(1 << 20);
        private final Set<String> ids = new HashSet<>();

        @Override
        public void put(Tenant tenant, StoredResponse response) {
            synchronized (ids) {
                ids.add(response.id());
            }
            inner.put(tenant, response);
        }

        @Override
        public Optional<StoredResponse> get(Tenant tenant, String id) {
            return inner.get(tenant, id);
        }

        @Override
        public boolean delete(Tenant tenant, String id) {
            synchronized (ids) {
                ids.remove(id);
            }
            return inner.delete(tenant, id);
        }

        int count() {
            synchronized (ids) {
                return ids.size();
            }
        }
    }

    private static FakeModel.Turn waits(CountDownLatch go) {
        return (logprobs, listener) -> {
            go.await();
            return FakeModel.says("done").take(logprobs, listener);
        };
    }

    @Test
    void holdsThePlaceOfItsTenantUntilItEnds() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch left = new CountDownLatch(1);
        AtomicInteger inside = new AtomicInteger();
        Gate gate = _ -> {
            inside.incrementAndGet();
            return new Gate.Entered(Tenant.LOCAL, () -> {
                inside.decrementAndGet();
                left.countDown();
            });
        };
        try (OpenDoors doors = new OpenDoors(model, Bounds.USUAL, gate)) {
            model.then(waits(go));
            String id = doors.post(PATH, BODY).at("/id");
            assertThat(inside).hasValue(1);
            go.countDown();
            left.await();
            assertThat(inside).hasValue(0);
            assertThat(doors.get(PATH + "/" + id).at("/status")).isEqualTo("completed");
            assertThat(inside).as("with whoever asked").hasValue(0);
        }
    }

    @Test
    void keepsNothingOfWhatItHasNoPlaceFor() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger inside = new AtomicInteger();
        Gate gate = key -> {
            inside.incrementAndGet();
            return new Gate.Entered(new Tenant(key.orElse("nobody")), inside::decrementAndGet);
        };
        try (OpenDoors doors = new OpenDoors(model, Bounds.USUAL, gate, kept)) {
            for (int i = 0; i < 64; i++) {
                model.then(waits(go));
                assertThat(doors.post(PATH, BODY, "x-api-key", "alice").status())
                        .isEqualTo(200);
            }
            OpenDoors.Answer refused = doors.post(PATH, BODY, "x-api-key", "alice");
            assertThat(refused.status()).isEqualTo(429);
            assertThat(refused.at("/error/message")).contains("64 of them for this key");
            assertThat(kept.count()).isEqualTo(64);
            assertThat(inside).as("places of those at work alone").hasValue(64);
            model.then(waits(go));
            assertThat(doors.post(PATH, BODY, "x-api-key", "bob").status())
                    .as("another's")
                    .isEqualTo(200);
            go.countDown();
        }
    }

    @Test
    void bringsNoMoreOfAConversationToMindThanFits() throws Exception {
        String item = "[{\"role\":\"user\",\"content\":[{\"text\":\"" + "x".repeat(1 << 20) + "\"}]}]";
        AtomicInteger loaded = new AtomicInteger();
        ResponseStore endless = new ResponseStore() {
            @Override
            public void put(Tenant tenant, StoredResponse response) {}

            @Override
            public Optional<StoredResponse> get(Tenant tenant, String id) {
                return Optional.of(
                        new StoredResponse(id, Optional.of("r" + loaded.incrementAndGet()), item, "{\"output\":[]}"));
            }

            @Override
            public boolean delete(Tenant tenant, String id) {
                return false;
            }
        };
        try (OpenDoors doors = new OpenDoors(model, Bounds.USUAL, Gate.OPEN, endless)) {
            OpenDoors.Answer refused = doors.post(PATH, "{\"input\":\"x\",\"previous_response_id\":\"r0\"}");
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.at("/error/param")).isEqualTo("previous_response_id");
            assertThat(refused.at("/error/message")).contains("characters");
            assertThat(loaded.get()).isLessThan(10);
        }
    }

    @Test
    void hasWrittenTheLastStateWhenTheDoorsAreClosed() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        String id;
        try (OpenDoors doors = new OpenDoors(model, Bounds.USUAL, Gate.OPEN, kept)) {
            model.then((_, _) -> {
                begun.countDown();
                new CountDownLatch(1).await();
                throw new IllegalStateException("nobody waits for ever");
            });
            id = doors.post(PATH, BODY).at("/id");
            begun.await();
        }
        StoredResponse last = kept.get(Tenant.LOCAL, id).orElseThrow();
        assertThat(last.ended()).isTrue();
        assertThat(last.response()).contains("\"status\":\"cancelled\"");
        assertThat(List.of(id)).hasSize(kept.count());
    }
}
