package telos.server.tenants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import telos.storage.StorageException;

class KeyRingTest {
    @TempDir
    Path home;

    private final AtomicLong now = new AtomicLong(1_800_000_000);

    private KeyRing open() throws StorageException {
        return KeyRing.open(home, new SecureRandom(), now::get);
    }

    private static KeyRing.Made make(KeyRing ring, String name) throws StorageException {
        return (KeyRing.Made) ring.make(name, Quota.NONE, OptionalLong.empty());
    }

    @Test
    void makesNoFileUntilThereIsAKey() throws Exception {
        try (KeyRing ring = open()) {
            assertThat(ring.guarded()).isFalse();
            assertThat(ring.find("tk-x")).isInstanceOf(KeyRing.Unknown.class);
            assertThat(ring.revoke("x")).isInstanceOf(KeyRing.NoSuchKey.class);
            ring.flush();
        }
        try (var files = Files.list(home)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void findsAKeyThatItMadeAlsoAfterAStart() throws Exception {
        KeyRing.Made made;
        try (KeyRing ring = open()) {
            made = (KeyRing.Made) ring.make("alice", new Quota(1, 2, 3, 4), OptionalLong.empty());
            assertThat(made.secret()).matches("tk-[0-9A-Za-z]{43}");
            assertThat(ring.find(made.secret())).isEqualTo(new KeyRing.Known(made.key()));
        }
        try (KeyRing ring = open()) {
            assertThat(ring.guarded()).isTrue();
            assertThat(((KeyRing.Known) ring.find(made.secret())).key().quota()).isEqualTo(new Quota(1, 2, 3, 4));
            assertThat(ring.find(made.secret() + "x")).isInstanceOf(KeyRing.Unknown.class);
            assertThat(ring.find(made.key().hint())).isInstanceOf(KeyRing.Unknown.class);
            assertThat(ring.find(made.key().id())).isInstanceOf(KeyRing.Unknown.class);
            assertThat(ring.find("")).isInstanceOf(KeyRing.Unknown.class);
        }
    }

    @Test
    void neverWritesAKeyToTheDisk() throws Exception {
        String secret;
        try (KeyRing ring = open()) {
            secret = make(ring, "alice").secret();
            assertThat(make(ring, "bob").toString()).contains(secret.substring(0, 3));
            assertThat(new Secret(secret).toString()).doesNotContain(secret.substring(3));
            assertNowhere(secret);
        }
        assertNowhere(secret);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("keys.db"))))
                .isEqualTo("rw-------");
    }

    private void assertNowhere(String secret) throws IOException {
        try (var files = Files.list(home)) {
            for (Path file : files.toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(secret.substring(7));
            }
        }
    }

    @Test
    void revokesAtOnceAndForGood() throws Exception {
        KeyRing.Made alice;
        try (KeyRing ring = open()) {
            alice = make(ring, "alice");
            KeyRing.Made bob = make(ring, "bob");
            assertThat(ring.revoke("alice")).isInstanceOf(KeyRing.Revoked.class);
            assertThat(ring.revoke(bob.key().id())).isInstanceOf(KeyRing.Revoked.class);
            assertThat(ring.find(alice.secret())).isEqualTo(new KeyRing.Unknown("this API key has been revoked"));
            assertThat(ring.revoke("alice"))
                    .isEqualTo(new KeyRing.NoSuchKey("the key 'alice' has been revoked already"));
            assertThat(ring.guarded()).as("with every key revoked").isTrue();
        }
        try (KeyRing ring = open()) {
            assertThat(ring.guarded()).isTrue();
            assertThat(ring.find(alice.secret())).isInstanceOf(KeyRing.Unknown.class);
            assertThat(make(ring, "alice").secret()).isNotEqualTo(alice.secret());
            assertThat(ring.find(alice.secret())).isInstanceOf(KeyRing.Unknown.class);
            assertThat(ring.revoke("alice")).as("the new one").isInstanceOf(KeyRing.Revoked.class);
        }
    }

    @Test
    void endsAKeyAtItsTime() throws Exception {
        try (KeyRing ring = open()) {
            KeyRing.Made made = (KeyRing.Made) ring.make("alice", Quota.NONE, OptionalLong.of(now.get() + 10));
            now.addAndGet(9);
            assertThat(ring.find(made.secret())).isInstanceOf(KeyRing.Known.class);
            now.addAndGet(1);
            assertThat(ring.find(made.secret())).isEqualTo(new KeyRing.Unknown("this API key has expired"));
            assertThat(ring.make("alice", Quota.NONE, OptionalLong.empty())).isInstanceOf(KeyRing.Made.class);
        }
    }

    @Test
    void revokesTheActiveKeyOfANameBesideOneThatHasExpired() throws Exception {
        try (KeyRing ring = open()) {
            KeyRing.Made old = (KeyRing.Made) ring.make("alice", Quota.NONE, OptionalLong.of(now.get() + 10));
            now.addAndGet(10);
            KeyRing.Made active = make(ring, "alice");
            assertThat(((KeyRing.Revoked) ring.revoke("alice")).key().id())
                    .isEqualTo(active.key().id());
            assertThat(ring.find(active.secret())).isEqualTo(new KeyRing.Unknown("this API key has been revoked"));
            assertThat(ring.find(old.secret())).isInstanceOf(KeyRing.Unknown.class);
            assertThat(ring.revoke("alice")).isInstanceOf(KeyRing.NoSuchKey.class);
        }
    }

    @Test
    void remembersWhenAKeyWasLastUsed() throws Exception {
        try (KeyRing ring = open()) {
            String secret = make(ring, "alice").secret();
            now.addAndGet(100);
            ring.find(secret);
        }
        try (KeyRing ring = open()) {
            assertThat(ring.list().getFirst().lastUsed()).hasValue(now.get());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "-a", "a\n", "ä", "local", "other", "key-0123456789", "../x"})
    void refusesNamesThatWouldConfuse(String name) throws Exception {
        try (KeyRing ring = open()) {
            assertThat(ring.make(name, Quota.NONE, OptionalLong.empty())).isInstanceOf(KeyRing.Refused.class);
            assertThat(ring.make("x".repeat(65), Quota.NONE, OptionalLong.empty()))
                    .isInstanceOf(KeyRing.Refused.class);
            assertThat(ring.guarded()).isFalse();
        }
    }

    @Test
    void refusesASecondKeyOfOneName() throws Exception {
        try (KeyRing ring = open()) {
            make(ring, "alice");
            assertThat(ring.make("alice", Quota.NONE, OptionalLong.empty()))
                    .isEqualTo(new KeyRing.Refused(
                            "there is a key named 'alice'; revoke it first, or choose another name"));
        }
    }

    @Test
    void neverMakesTheSameKeyTwice() throws Exception {
        Set<String> seen = new HashSet<>();
        SecureRandom chance = new SecureRandom();
        for (int i = 0; i < 1000; i++) {
            assertThat(seen.add(Secret.fresh(chance).text())).isTrue();
        }
    }

    @Test
    void staysShutWhenItsFileIsDamaged() throws Exception {
        try (KeyRing ring = open()) {
            make(ring, "alice");
        }
        byte[] bytes = Files.readAllBytes(home.resolve("keys.db"));
        for (int i = 0; i < 60; i++) {
            bytes[i] ^= 0x55;
        }
        Files.write(home.resolve("keys.db"), bytes);
        assertThatThrownBy(this::open)
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("keys.db")
                .hasMessageContaining("damaged");
    }
}
