package telos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import telos.cli.Cli.Ran;
import telos.storage.chain.ChainedLog;

class AuditCommandTest {
    private static final String LOW =
            "{\"integrity\":\"untrusted\",\"readers\":[\"owner\"],\"sources\":[\"tool head\",\"model mini\"]}";
    private static final String HIGH = "{\"integrity\":\"trusted\",\"readers\":[\"*\"],\"sources\":[]}";

    @TempDir
    Path folder;

    private Cli cli;

    @BeforeEach
    void open() {
        cli = Cli.in(folder);
    }

    private Path audit() {
        return Cli.home(folder).resolve("audit");
    }

    private static String record(String verdict, String agent, String tool, String label, String rest) {
        return "{\"time\":\"2026-11-21T17:00:00.123Z\",\"verdict\":\"" + verdict + "\",\"agent\":\"" + agent
                + "\",\"name\":\"operator\",\"tool\":\"" + tool + "\",\"call\":" + label
                + ",\"arguments\":[{\"name\":\"to\",\"label\":" + label + "}],\"result\":" + LOW + rest + "}";
    }

    private void written() throws IOException {
        try (ChainedLog log = new ChainedLog(audit(), 1 << 20, 4)) {
            log.append(record("allowed", "agent-1", "head", HIGH, ",\"rule\":\"telos:host, line 2, column 1\""));
            log.append(record("allowed", "agent-2", "memory", HIGH, ""));
            log.append(record(
                    "denied",
                    "agent-1",
                    "send",
                    LOW,
                    ",\"after\":[1],\"reason\":\"no rule permits send \\u001b[31m\""));
            log.append("{\"time\":\"2026-11-21T17:00:01Z\",\"verdict\":\"policy\",\"policy\":\"mine 1a2b\"}");
        }
    }

    @Test
    void saysThatNothingIsWrittenDown() {
        assertThat(cli.run("audit").out()).isEqualTo("nothing is written down yet\n");
        assertThat(cli.run("audit", "--json").out()).isEqualTo("{\"records\":[]}\n");
        assertThat(cli.run("audit", "verify")).isEqualTo(new Ran(0, "nothing is written down yet\n", ""));
    }

    @Test
    void listsAndFilters() throws Exception {
        written();
        assertThat(cli.run("audit").out()).hasLineCount(5).contains("2026-11-21T17:00:00Z", "mine 1a2b");
        assertThat(cli.run("audit", "--denied").out())
                .hasLineCount(2)
                .contains("3", "agent-1", "send", "denied", "no rule permits send");
        assertThat(cli.run("audit", "--agent", "agent-2").out()).hasLineCount(2).contains("memory");
        assertThat(cli.run("audit", "--agent", "operator", "--tool", "head").out())
                .hasLineCount(2);
        assertThat(cli.run("audit", "--last", "1", "--json").out())
                .startsWith("{\"records\":[{\"id\":4,")
                .hasLineCount(1);
        assertThat(cli.run("audit", "--denied", "--agent", "nobody").out())
                .isEqualTo("nothing is written down that fits\n");
    }

    @Test
    void agentsOfTheSameNumberAreNotMixed() throws Exception {
        try (ChainedLog log = new ChainedLog(audit(), 1 << 20, 4)) {
            log.append(record("allowed", "agent-1", "head", HIGH, ",\"daemon\":\"aaaa0000\""));
            log.append(record("allowed", "agent-1", "find", HIGH, ",\"daemon\":\"bbbb1111\""));
            log.append(record("allowed", "agent-1", "disk", HIGH, ",\"daemon\":\"cccc2222\""));
        }
        Ran newest = cli.run("audit", "--agent", "agent-1");
        assertThat(newest.out()).hasLineCount(2).contains("disk");
        assertThat(newest.err()).contains("daemon cccc2222", "--daemon aaaa0000, --daemon bbbb1111");
        Ran older = cli.run("audit", "--agent", "agent-1", "--daemon", "bbbb1111");
        assertThat(older.out()).hasLineCount(2).contains("find");
        assertThat(older.err()).isEmpty();
        assertThat(cli.run("audit", "--agent", "operator").out()).hasLineCount(4);
    }

    @Test
    void nothingThatWasWrittenDownSteersTheTerminal() throws Exception {
        written();
        assertThat(cli.run("audit").out() + cli.run("audit", "show", "3").out()).doesNotContain("\u001b");
        assertThat(cli.run("audit", "--json").out()).doesNotContain("\u001b");
    }

    @Test
    void explainsADecisionByWhatCameBefore() throws Exception {
        written();
        assertThat(cli.run("audit", "show", "3").out())
                .contains(
                        "record 3: denied",
                        "who       agent-1, operator",
                        "why       no rule permits send",
                        "decided   by what is untrusted, for owner; from tool head, model mini",
                        "with      to: untrusted, for owner; from tool head, model mini",
                        "  record 1, head: untrusted, for owner");
        assertThat(cli.run("audit", "show", "3", "--json").out())
                .contains("\"record\":{\"id\":3,", "\"before\":[{\"id\":1,");
    }

    @Test
    void drawsWhatFlowedAndWhatWasDeniedInRed() throws Exception {
        written();
        assertThat(cli.run("audit", "show", "3", "--svg", "flow.svg").status()).isZero();
        assertThat(Files.readString(folder.resolve("flow.svg")))
                .contains("<svg", "tool head", "send", "#c62828", "no rule permits send")
                .doesNotContain("\u001b");
        assertThat(cli.run("audit", "show", "4", "--svg", "x.svg").err()).contains("is about no effect");
    }

    @Test
    void refusesNumbersThatAreNone() throws Exception {
        written();
        assertThat(cli.run("audit", "show", "9"))
                .isEqualTo(new Ran(1, "", "telos: there is no record 9; telos audit lists those there are\n"));
        assertThat(cli.run("audit", "show", "x").status()).isEqualTo(2);
        assertThat(cli.run("audit", "--last", "0").status()).isEqualTo(2);
    }

    @Test
    void findsWhereTheChainIsBroken() throws Exception {
        written();
        Ran whole = cli.run("audit", "verify");
        assertThat(whole.status()).isZero();
        assertThat(whole.out()).startsWith("whole: records 1 to 4, the last is ");
        String hash = whole.out().strip().replaceFirst(".* ", "");
        assertThat(cli.run("audit", "verify", "--expect", hash).out()).contains("that of record 4");
        assertThat(cli.run("audit", "verify", "--expect", "0".repeat(64)).status())
                .isEqualTo(3);
        assertThat(cli.run("audit", "verify", "--expect", "xyz").status()).isEqualTo(2);
        Path file = audit().resolve("000000000001.log");
        Files.writeString(file, Files.readString(file).replace("agent-2", "agent-3"));
        Ran broken = cli.run("audit", "verify");
        assertThat(broken.status()).isEqualTo(3);
        assertThat(broken.out())
                .isEqualTo(
                        "broken at 000000000001.log, line 2: record 2 is not what was written: its hash is another\n");
    }

    @Test
    void saysThatTheFolderCannotBeRead() throws Exception {
        Files.createDirectories(Cli.home(folder));
        Files.writeString(audit(), "in the way");
        assertThat(cli.run("audit").err())
                .startsWith("telos: cannot read the audit in ")
                .hasLineCount(1);
        assertThat(cli.run("audit", "verify").status()).isEqualTo(1);
    }
}
