package telos.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import telos.cli.Cli.Ran;
import telos.cli.wire.Json;
import telos.server.Daemon;
import telos.server.DaemonException;
import telos.server.DaemonOptions;

/** A policy that is put in use outlives the daemon that it was given to. */
@Timeout(60)
class KeptPolicyTest {
    @TempDir
    Path folder;

    private DaemonOptions options() throws Exception {
        Path home = Files.createDirectories(Cli.home(folder));
        Files.writeString(folder.resolve("strict.policy"), "permit load, upstream\n");
        Files.writeString(folder.resolve("plan.py"), "memory()\n");
        try (ServerSocket nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return DaemonOptions.at(home)
                    .withPort(0, true)
                    .withModel("http://127.0.0.1:" + nobody.getLocalPort() + "/v1#none");
        }
    }

    private Ran cli(String... words) {
        return Cli.in(folder).run(words);
    }

    private int ran() {
        return cli("plan", "run", "plan.py").status();
    }

    @Test
    void holdsForDaemonsThatStartLaterAndIsShown() throws Exception {
        try (Daemon _ = Daemon.start(options())) {
            assertThat(ran()).isZero();
            Ran used = cli("policy", "use", "strict.policy");
            assertThat(used.status()).isZero();
            assertThat(used.out()).contains("the daemon goes by strict.policy");
            assertThat(ran()).isEqualTo(3);
        }
        Files.delete(folder.resolve("strict.policy"));
        try (Daemon _ = Daemon.start(options())) {
            assertThat(ran()).isEqualTo(3);
            assertThat(cli("audit", "--json").out()).contains("\"verdict\":\"started\"", "strict.policy ");
            assertThat(cli("doctor").out()).contains("strict.policy");
            assertThat(cli("policy", "use", "telos:host").status()).isZero();
            assertThat(ran()).isZero();
        }
        try (Daemon _ = Daemon.start(options())) {
            assertThat(ran()).isZero();
            assertThat(cli("doctor").out()).contains("telos:host");
        }
    }

    @Test
    void givesWayToOneThatIsNamedAtTheStartAndToTheHomesOwn() throws Exception {
        try (Daemon _ = Daemon.start(options())) {
            cli("policy", "use", "strict.policy");
        }
        try (Daemon _ = Daemon.start(options().withPolicy("telos:host"))) {
            assertThat(ran()).isZero();
        }
        try (Daemon _ = Daemon.start(options())) {
            assertThat(ran()).isEqualTo(3);
            Ran own = cli("policy", "use", "--own");
            assertThat(own.out()).contains("telos:host");
            assertThat(ran()).isZero();
        }
        try (Daemon _ = Daemon.start(options())) {
            assertThat(ran()).isZero();
        }
        assertThat(cli("policy", "use").status()).isEqualTo(2);
        assertThat(cli("policy", "use", "--own", "strict.policy").status()).isEqualTo(2);
    }

    @Test
    void isNotBelievedWhereItWasChanged() throws Exception {
        try (Daemon _ = Daemon.start(options())) {
            cli("policy", "use", "strict.policy");
        }
        Path kept = Cli.home(folder).resolve("policy-in-use.json");
        Files.writeString(kept, Files.readString(kept).replace("permit load", "permit memory, load"));
        assertThatThrownBy(() -> Daemon.start(options()).close())
                .isInstanceOf(DaemonException.class)
                .hasMessageContaining("has another SHA-256 than it says; remove it");
        Files.writeString(kept, "{");
        assertThatThrownBy(() -> Daemon.start(options()).close()).hasMessageContaining("is no JSON; remove it");
        Files.delete(kept);
        Daemon.start(options()).close();
    }

    @Test
    void isNotTakenForAnotherTextOfTheSameNameThatCameWithTelos() throws Exception {
        try (Daemon _ = Daemon.start(options())) {
            cli("policy", "use", "telos:host");
        }
        Path kept = Cli.home(folder).resolve("policy-in-use.json");
        assertThat(kept).content().doesNotContain("permit");
        String stamp = Json.parse(Files.readString(kept)).at("sha256").text("");
        Files.writeString(kept, Files.readString(kept).replace(stamp, "0123456789abcdef" + stamp.substring(16)));
        assertThatThrownBy(() -> Daemon.start(options()).close())
                .isInstanceOf(DaemonException.class)
                .hasMessageContaining("policy-in-use.json")
                .hasMessageContaining("names telos:host, whose text is another in this version of Telos")
                .hasMessageContaining("was 0123456789ab when it was put in use, and is " + stamp.substring(0, 12))
                .hasMessageContaining("telos up --policy telos:host, then telos policy use telos:host");
        try (Daemon _ = Daemon.start(options().withPolicy("telos:host"))) {
            assertThat(cli("policy", "use", "telos:host").status()).isZero();
        }
        Daemon.start(options()).close();
    }

    @Test
    void whatCannotBeKeptIsToldApartFromWhatCannotBeWrittenDown() throws Exception {
        try (Daemon _ = Daemon.start(options())) {
            Files.createDirectories(
                    Cli.home(folder).resolve("policy-in-use.json").resolve("in-the-way"));
            Ran ran = cli("policy", "use", "strict.policy");
            assertThat(ran.status()).isEqualTo(1);
            assertThat(ran.err())
                    .contains("cannot be kept in the daemon's home for those that start later, so the old one stays");
            assertThat(ran()).isZero();
        }
    }
}
