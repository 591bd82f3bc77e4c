package telos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import telos.inference.gguf.TensorType;
import telos.inference.model.RandomModel;

/** Daemons that can be reached from elsewhere, and those that refuse to be. */
class NetworkTest {
    @TempDir
    static Path files;

    @TempDir
    Path home;

    private static Path model;

    @BeforeAll
    static void write() throws Exception {
        model = files.resolve("random.gguf");
        new RandomModel(32, 2, 2, 1, 64, 600, 256, TensorType.Q8_0, true, 1).write(model, _ -> {});
        certificate("one");
        certificate("other");
    }

    private static void certificate(String name) throws Exception {
        Path store = files.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "a",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "SAN=dns:localhost,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        "changeit",
                        "-keystore",
                        store.toString())
                .redirectErrorStream(true)
                .start();
        keytool.getInputStream().readAllBytes();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, "changeit".toCharArray());
        }
        pem(name + ".crt", "CERTIFICATE", keys.getCertificate("a").getEncoded());
        Key key = keys.getKey("a", "changeit".toCharArray());
        pem(name + ".key", "PRIVATE KEY", key.getEncoded());
    }

    private static void pem(String name, String kind, byte[] bytes) throws Exception {
        Files.writeString(
                files.resolve(name),
                "-----BEGIN " + kind + "-----\n" + Base64.getMimeEncoder().encodeToString(bytes) + "\n-----END " + kind
                        + "-----\n");
    }

    private static Exposure tls(String certificate, String key) {
        return new Exposure(
                Optional.of(new Exposure.Tls(files.resolve(certificate), files.resolve(key))), false, Set.of());
    }

    private DaemonOptions options() {
        return DaemonOptions.at(home).withPort(0, true).withModel(model.toString());
    }

    private String key() throws DaemonException {
        String json = OfflineKeys.make(home, "{\"name\":\"alice\"}").json();
        return json.replaceFirst(".*\"key\":\"(tk-[^\"]*)\".*", "$1");
    }

    @Test
    void refusesToBeReachedWithoutKeys() {
        for (Exposure exposure : new Exposure[] {Exposure.NONE, tls("one.crt", "one.key")}) {
            assertThatThrownBy(() -> Daemon.start(options().withHost("0.0.0.0", exposure)))
                    .isInstanceOf(DaemonException.class)
                    .hasMessageContaining("telos key create");
        }
        assertThat(home.resolve("telos.sock")).doesNotExist();
    }

    @Test
    void refusesToBeReachedInClearTextUnlessToldTo() throws Exception {
        key();
        assertThatThrownBy(() -> Daemon.start(options().withHost("0.0.0.0", Exposure.NONE)))
                .isInstanceOf(DaemonException.class)
                .hasMessageContaining("--tls-cert")
                .hasMessageContaining("--insecure-plain-http");
        Exposure plain = new Exposure(Optional.empty(), true, Set.of("telos.example"));
        try (Daemon daemon = Daemon.start(options().withHost("0.0.0.0", plain))) {
            assertThat(daemon.port()).isPositive();
        }
    }

    @Test
    void speaksHttp2ByTlsToThoseWithAKey() throws Exception {
        String key = key();
        try (Daemon daemon = Daemon.start(options().withHost("127.0.0.1", tls("one.crt", "one.key")));
                HttpClient client =
                        HttpClient.newBuilder().sslContext(trusting("one")).build()) {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("https://localhost:" + daemon.port() + "/v1/models"))
                    .header("Authorization", "Bearer " + key)
                    .build();
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_2);
        }
    }

    private static SSLContext trusting(String name) throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(files.resolve(name + ".p12"))) {
            keys.load(in, "changeit".toCharArray());
        }
        Certificate certificate = keys.getCertificate("a");
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("a", certificate);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    @Test
    void saysWhatIsWrongWithACertificate() throws Exception {
        Files.writeString(files.resolve("empty.pem"), "");
        Files.writeString(
                files.resolve("old.key"), "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----\n");
        refuses(tls("one.crt", "other.key"), "is not that of the certificate");
        refuses(tls("one.crt", "empty.pem"), "holds no private key");
        refuses(tls("one.crt", "old.key"), "openssl pkcs8");
        refuses(tls("empty.pem", "one.key"), "holds no certificate");
        refuses(tls("nowhere.crt", "one.key"), "nowhere.crt");
    }

    private void refuses(Exposure exposure, String words) {
        assertThatThrownBy(() -> Daemon.start(options().withHost("127.0.0.1", exposure)))
                .isInstanceOf(DaemonException.class)
                .hasMessageContaining(words);
    }

    @Test
    void doesNotStartWithKeysThatCannotBeRead() throws Exception {
        Files.writeString(home.resolve("keys.db"), "no database ".repeat(100));
        assertThatThrownBy(() -> Daemon.start(options()))
                .isInstanceOf(DaemonException.class)
                .hasMessageContaining("keys.db")
                .hasMessageContaining("damaged");
        assertThat(home.resolve("telos.sock")).doesNotExist();
    }

    @Test
    void leavesTheKeysToADaemonThatRuns() throws Exception {
        try (Daemon _ = Daemon.start(options())) {
            assertThatThrownBy(this::key).isInstanceOf(DaemonException.class).hasMessageContaining("already running");
        }
    }
}
