package telos.tools.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import telos.tools.report.SocketRow;
import telos.tools.report.Unavailable;

/** The addresses in these tests are as a little-endian machine writes them. */
final class SocketsTest {
    private static final String HEADING =
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n";

    @TempDir
    Path root;

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "0100007F:1E25, 127.0.0.1:7717",
        "00000000:0016, 0.0.0.0:22",
        "00000000000000000000000000000000:0016, [::]:22",
        "00000000000000000000000001000000:1F90, [::1]:8080",
        "B80D0120000000000000000001000000:0050, [2001:db8::1]:80",
        "B80D0120010002000300040005000600:0050, [2001:db8:2:1:4:3:6:5]:80",
        "0000000000000000FFFF00000100007F:0050, [::ffff:127.0.0.1]:80",
    })
    void showsAddressesAsPeopleWriteThem(String kernel, String shown) {
        String line =
                "   0: " + kernel + " 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 111 1";
        assertThat(SocketEntry.parse("tcp", line)).hasValueSatisfying(entry -> {
            assertThat(entry.local()).isEqualTo(shown);
            assertThat(entry.remote()).isEqualTo("*");
            assertThat(entry.state()).isEqualTo("listening");
            assertThat(entry.inode()).isEqualTo(111);
        });
    }

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(
            strings = {
                "",
                "sl local_address rem_address st tx_queue rx_queue tr tm->when retrnsmt uid timeout inode",
                "0: 0100007F:1E25 00000000:0000 0A 0:0 0:0 0",
                "0: 0100007:1E25 00000000:0000 0A 0:0 0:0 0 0 0 111",
                "0: 010000:1E25 00000000:0000 0A 0:0 0:0 0 0 0 111",
                "0: ZZ00007F:1E25 00000000:0000 0A 0:0 0:0 0 0 0 111",
                "0: 0100007F 00000000:0000 0A 0:0 0:0 0 0 0 111",
                "0: 0100007F:1E25 00000000:0000 0A 0:0 0:0 0 0 0 many",
            })
    void passesOverLinesOfAnotherForm(String line) {
        assertThat(SocketEntry.parse("tcp", line)).isEmpty();
    }

    @Test
    void findsTheProcessThatHoldsASocket() throws Exception {
        FakeProc proc = FakeProc.in(root)
                .process(42, "java", 1, 1)
                .file(
                        "proc/net/tcp",
                        HEADING
                                + line("0100007F:1E25", "00000000:0000", "0A", 111)
                                + line("0100007F:0050", "0200007F:9C40", "01", 222)
                                + line("0100007F:0051", "0200007F:9C41", "06", 0))
                .file("proc/net/udp", HEADING + line("00000000:0035", "00000000:0000", "07", 333));
        Path fd = Files.createDirectories(root.resolve("proc/42/fd"));
        Files.createSymbolicLink(fd.resolve("3"), Path.of("socket:[111]"));
        Files.createSymbolicLink(fd.resolve("4"), Path.of("socket:[]"));
        Files.createSymbolicLink(fd.resolve("5"), Path.of("pipe:[111]"));
        Files.writeString(fd.resolve("6"), "not a link");
        assertThat(proc.host().sockets())
                .containsExactly(
                        new SocketRow("tcp", "127.0.0.1:80", "127.0.0.2:40000", "connected", "?"),
                        new SocketRow("tcp", "127.0.0.1:81", "127.0.0.2:40001", "time-wait", "none"),
                        new SocketRow("tcp", "127.0.0.1:7717", "*", "listening", "java/42"),
                        new SocketRow("udp", "0.0.0.0:53", "*", "listening", "?"));
    }

    @Test
    void saysWhenTheKernelDoesNotTellAboutSockets() throws Exception {
        LinuxHost host = FakeProc.in(root).host();
        assertThatThrownBy(host::sockets).isInstanceOf(Unavailable.class);
    }

    private static String line(String local, String remote, String state, int inode) {
        return "   0: " + local + " " + remote + " " + state + " 00000000:00000000 00:00000000 00000000     0        0 "
                + inode + " 1 0000000000000000\n";
    }
}
