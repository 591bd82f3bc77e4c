package telos.server.tenants;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import telos.storage.StorageException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class KeyDeskTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    /** 2027-01-15T08:00:00Z. */
    private static final long NOW = 1_800_000_000;

    @TempDir
    Path home;

    private KeyRing ring;
    private KeyDesk desk;

    @BeforeEach
    void open() throws StorageException {
        ring = KeyRing.open(home, new SecureRandom(), () -> NOW);
        desk = new KeyDesk(ring, () -> NOW);
    }

    @AfterEach
    void close() {
        ring.close();
    }

    @Test
    void showsAKeyOnceAndNeverAgain() {
        KeyDesk.Answer made = desk.make(
                "{\"name\":\"a\",\"rate\":60,\"tokens\":1000,\"concurrency\":4,\"blocks\":99,\"expires\":\"30d\"}");
        assertThat(made.status()).isEqualTo(201);
        JsonNode body = JSON.readTree(made.json());
        String secret = body.path("key").stringValue();
        assertThat(body.path("expires").stringValue()).isEqualTo("2027-02-14T08:00:00Z");
        assertThat(body.path("rate").intValue()).isEqualTo(60);
        KeyDesk.Answer listed = desk.list();
        assertThat(listed.json())
                .contains("\"name\":\"a\"", "\"state\":\"active\"", "\"blocks\":99", secret.substring(0, 7) + "…")
                .doesNotContain(secret)
                .doesNotContain(new Secret(secret).hash());
        assertThat(desk.revoke("a").json()).contains("\"state\":\"revoked\"").doesNotContain(secret);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "nonsense | not valid JSON",
                "[] | must be a JSON object",
                "{} | a key's name is",
                "{\"name\":3} | 'name' must be a string",
                "{\"name\":\"a\",\"rate\":-1} | 'rate' must be a whole number",
                "{\"name\":\"a\",\"rate\":\"60\"} | 'rate' must be a whole number",
                "{\"name\":\"a\",\"tokens\":1e30} | 'tokens' must be",
                "{\"name\":\"a\",\"blocks\":2000000000} | 'blocks' must be",
                "{\"name\":\"a\",\"expires\":\"soon\"} | a span such as",
                "{\"name\":\"a\",\"expires\":\"0d\"} | in the future",
                "{\"name\":\"a\",\"expires\":\"2020-01-01\"} | in the future",
                "{\"name\":\"a\",\"expires\":\"999999999y\"} | in the future",
                "{\"name\":\"a\",\"expires\":\"2020-13-45\"} | a span such as",
                "{\"name\":\"a\",\"expires\":\"T\"} | a span such as",
            })
    void refusesWhatItCannotHonour(String wish, String words) {
        KeyDesk.Answer answer = desk.make(wish);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(JSON.readTree(answer.json()).at("/error/message").stringValue())
                .contains(words);
        assertThat(ring.guarded()).isFalse();
    }

    @Test
    void saysThatThereIsNoSuchKey() {
        assertThat(desk.revoke("x").status()).isEqualTo(404);
        assertThat(desk.revoke("x").json()).contains("there is no key 'x'");
    }
}
