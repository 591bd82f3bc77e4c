package telos.server.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import telos.server.Tenant;
import telos.storage.Database;

class RecordsTest {
    private static final Tenant ALICE = new Tenant("alice");
    private static final Tenant BOB = new Tenant("bob");

    @TempDir
    Path home;

    private final AtomicLong now = new AtomicLong(1_800_000_000);

    private Records records() {
        return new Records(home, now::get);
    }

    private static StoredResponse response(String id, String text) {
        return new StoredResponse(id, Optional.empty(), "[]", text);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void opensNothingUntilItIsAsked() throws Exception {
        try (Records records = records()) {
            records.responses();
            records.requests();
            records.tidy();
        }
        try (var files = Files.list(home)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void keepsResponsesOverAStart() {
        StoredResponse next = new StoredResponse("r2", Optional.of("r1"), "[1]", "{\"ä\":2}");
        try (Records records = records()) {
            records.responses().put(ALICE, response("r1", "{}"));
            records.responses().put(ALICE, response("r2", "{\"status\":\"in_progress\"}"));
            records.responses().put(ALICE, next);
        }
        try (Records records = records()) {
            ResponseStore store = records.responses();
            assertThat(store.get(ALICE, "r1")).contains(response("r1", "{}"));
            assertThat(store.get(ALICE, "r2")).contains(next);
            assertThat(store.get(BOB, "r1")).as("another's").isEmpty();
            assertThat(store.delete(BOB, "r1")).isFalse();
            assertThat(store.delete(ALICE, "r1")).isTrue();
            assertThat(store.get(ALICE, "r1")).isEmpty();
        }
    }

    @Test
    void failsWhatWasNotReadyWhenItsProcessEnded() {
        String queued = "{\"id\":\"r\",\"status\":\"queued\",\"error\":null}";
        try (Records records = records()) {
            records.responses().put(ALICE, new StoredResponse("r", Optional.empty(), "[]", queued, false));
            records.responses().put(ALICE, response("done", "{\"status\":\"completed\"}"));
        }
        try (Records records = records()) {
            StoredResponse broken = records.responses().get(ALICE, "r").orElseThrow();
            assertThat(broken.ended()).isTrue();
            assertThat(broken.response())
                    .contains("\"status\":\"failed\"", "\"error\":{\"code\":\"server_error\"", "\"id\":\"r\"");
            assertThat(records.responses().get(ALICE, "done")).contains(response("done", "{\"status\":\"completed\"}"));
        }
    }

    @Test
    void goesOnWithAFileOfTheFirstVersion() throws Exception {
        try (Database old =
                Database.open(home.resolve("records.db"), Database.Durability.CHECKPOINTS, 0, List.of(Records.FIRST))) {
            for (String status : List.of("queued", "completed")) {
                old.update(
                        "INSERT INTO responses (tenant, id, at, bytes, input, response) VALUES ('alice', ?, ?, 9, '[]', ?)",
                        status,
                        now.get(),
                        "{\"status\":\"" + status + "\"}");
            }
        }
        try (Records records = records()) {
            assertThat(records.responses().get(ALICE, "queued").orElseThrow().response())
                    .contains("failed");
            assertThat(records.responses().get(ALICE, "completed"))
                    .contains(response("completed", "{\"status\":\"completed\"}"));
        }
    }

    @Test
    void makesRoomForWhatIsNewWhenTheFileIsFull() {
        int tenants = 60;
        String text = "x".repeat(10_000);
        try (Records records = new Records(home, now::get, 256 * 1024)) {
            for (int i = 0; i < tenants; i++) {
                now.incrementAndGet();
                records.responses().put(new Tenant("t" + i), response("r", text));
            }
        }
        try (Records records = new Records(home, now::get, 256 * 1024)) {
            ResponseStore store = records.responses();
            assertThat(store.get(new Tenant("t" + (tenants - 1)), "r")).isPresent();
            assertThat(store.get(new Tenant("t" + (tenants - 5)), "r")).isPresent();
            assertThat(store.get(new Tenant("t0"), "r")).isEmpty();
        }
    }

    @Test
    void countsTheBytesOfAResponseAndNotItsCharacters() {
        String text = "aä€😀";
        assertThat(response("r", text).size() - response("r", "").size()).isEqualTo(bytes(text).length);
    }

    @Test
    void answersARequestThatWasAnsweredBeforeAStart() {
        try (Records records = records()) {
            IdempotencyStore store = records.requests();
            assertThat(store.begin("k", ALICE, "h")).isInstanceOf(IdempotencyStore.Fresh.class);
            assertThat(store.begin("k", ALICE, "h")).isInstanceOf(IdempotencyStore.InProgress.class);
            store.complete("k", ALICE, 200, "text/event-stream", bytes("data"));
            assertThat(store.begin("k", ALICE, "h")).isInstanceOf(IdempotencyStore.Replay.class);
            assertThat(store.begin("broken off", ALICE, "h")).isInstanceOf(IdempotencyStore.Fresh.class);
        }
        try (Records records = records()) {
            IdempotencyStore store = records.requests();
            assertThat(store.begin("k", ALICE, "h")).isInstanceOfSatisfying(IdempotencyStore.Replay.class, replay -> {
                assertThat(replay.status()).isEqualTo(200);
                assertThat(replay.contentType()).isEqualTo("text/event-stream");
                assertThat(replay.body()).isEqualTo(bytes("data"));
            });
            assertThat(store.begin("k", ALICE, "other")).isInstanceOf(IdempotencyStore.Mismatch.class);
            assertThat(store.begin("k", BOB, "other")).isInstanceOf(IdempotencyStore.Fresh.class);
            assertThat(store.begin("broken off", ALICE, "h")).isInstanceOf(IdempotencyStore.Fresh.class);
        }
    }

    @Test
    void carriesOutAgainWhatWasAbandoned() {
        try (Records records = records()) {
            IdempotencyStore store = records.requests();
            store.begin("k", ALICE, "h");
            store.abandon("k", ALICE);
            assertThat(store.begin("k", ALICE, "other")).isInstanceOf(IdempotencyStore.Fresh.class);
        }
    }

    @Test
    void forgetsWhatIsTooOld() {
        try (Records records = records()) {
            records.responses().put(ALICE, response("r", "{}"));
            IdempotencyStore store = records.requests();
            store.begin("k", ALICE, "h");
            store.complete("k", ALICE, 200, "t", bytes("x"));
            now.addAndGet(RecordBounds.USUAL.requestSeconds() + 1);
            assertThat(store.begin("k", ALICE, "other")).isInstanceOf(IdempotencyStore.Fresh.class);
            assertThat(records.responses().get(ALICE, "r")).isPresent();
            now.addAndGet(RecordBounds.USUAL.responseSeconds() + 1);
            assertThat(records.responses().get(ALICE, "r")).isEmpty();
            records.tidy();
            assertThat(records.database().orElseThrow().number("SELECT count(*) FROM responses"))
                    .hasValue(0);
        } catch (telos.storage.StorageException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void keepsTheNewestOfEachTenantAsAMapWould(long seed) {
        Random random = new Random(seed);
        RecordBounds bounds = new RecordBounds(5, 1500, 1000, 1000);
        Map<Tenant, LinkedHashMap<String, StoredResponse>> reference = new HashMap<>();
        try (Records records = records()) {
            ResponseFile store = new ResponseFile(records, bounds, new RecentResponses(0));
            for (int i = 0; i < 300; i++) {
                now.incrementAndGet();
                Tenant tenant = random.nextBoolean() ? ALICE : BOB;
                LinkedHashMap<String, StoredResponse> kept =
                        reference.computeIfAbsent(tenant, _ -> new LinkedHashMap<>());
                String id = "r" + random.nextInt(12);
                switch (random.nextInt(4)) {
                    case 0 -> {
                        StoredResponse removed = kept.remove(id);
                        assertThat(store.delete(tenant, id)).isEqualTo(removed != null);
                    }
                    case 1 -> {
                        StoredResponse found = kept.remove(id);
                        assertThat(store.get(tenant, id)).isEqualTo(Optional.ofNullable(found));
                        if (found != null) {
                            kept.put(id, found);
                        }
                    }
                    default -> {
                        StoredResponse response = response(id, "x".repeat(random.nextInt(700)));
                        kept.remove(id);
                        kept.put(id, response);
                        store.put(tenant, response);
                        while (kept.size() > bounds.rows()
                                || kept.values().stream()
                                                .mapToLong(StoredResponse::size)
                                                .sum()
                                        > bounds.bytes()) {
                            kept.pollFirstEntry();
                        }
                    }
                }
            }
            reference.forEach((tenant, kept) -> {
                for (int i = 0; i < 12; i++) {
                    assertThat(store.get(tenant, "r" + i)).isEqualTo(Optional.ofNullable(kept.get("r" + i)));
                }
            });
        }
    }

    @Test
    void goesOnInMemoryWhenItsFileIsNoDatabase() throws Exception {
        Files.writeString(home.resolve("records.db"), "something else entirely ".repeat(100));
        try (Records records = records()) {
            ResponseStore store = records.responses();
            store.put(ALICE, response("r", "{}"));
            assertThat(store.get(ALICE, "r")).isPresent();
            IdempotencyStore requests = records.requests();
            requests.begin("k", ALICE, "h");
            requests.complete("k", ALICE, 200, "t", bytes("x"));
            assertThat(requests.begin("k", ALICE, "h")).isInstanceOf(IdempotencyStore.Replay.class);
        }
        assertThat(home.resolve("records.db")).content().startsWith("something else");
    }

    @Test
    void findsWhatWasWrittenWhenTheFileIsTakenInTheMiddleOfWork() throws Exception {
        Path other = Files.createDirectory(home.resolve("copy"));
        try (Records records = records()) {
            for (int i = 0; i < 20; i++) {
                records.responses().put(ALICE, response("r" + i, "{}"));
            }
            for (String name : new String[] {"records.db", "records.db-wal"}) {
                Files.copy(home.resolve(name), other.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        try (Records records = new Records(other, now::get)) {
            for (int i = 0; i < 20; i++) {
                assertThat(records.responses().get(ALICE, "r" + i)).isPresent();
            }
        }
    }
}
