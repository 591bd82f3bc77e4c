package telos.storage.chain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import telos.storage.chain.ChainReader.Verdict;

class ChainedLogTest {
    @TempDir
    Path home;

    private Path folder;

    @BeforeEach
    void inAFolderThatIsNotThereYet() {
        folder = home.resolve("audit");
    }

    private ChainedLog log() {
        return new ChainedLog(folder, 1 << 20, 4);
    }

    private void written(String... texts) throws IOException {
        try (ChainedLog log = log()) {
            for (String each : texts) {
                log.append(each);
            }
        }
    }

    private List<String> texts() throws IOException {
        List<String> texts = new ArrayList<>();
        new ChainReader(folder).each(link -> texts.add(link.text()));
        return texts;
    }

    private Path file() {
        return folder.resolve("000000000001.log");
    }

    private void broken(String where, String why) throws IOException {
        assertThat(new ChainReader(folder).verify()).isInstanceOfSatisfying(Verdict.Broken.class, broken -> {
            assertThat(broken.where()).contains(where);
            assertThat(broken.why()).contains(why);
        });
    }

    private void whole(long first, long last) throws IOException {
        assertThat(new ChainReader(folder).verify()).isInstanceOfSatisfying(Verdict.Whole.class, whole -> {
            assertThat(whole.first()).isEqualTo(first);
            assertThat(whole.last()).isEqualTo(last);
        });
    }

    @Test
    void makesNothingBeforeTheFirstRecord() throws IOException {
        log().close();
        assertThat(folder).doesNotExist();
        whole(0, 0);
    }

    @Test
    void chainsRecordsAcrossWriters() throws IOException {
        written("a", "b");
        written("c");
        assertThat(texts()).containsExactly("a", "b", "c");
        whole(1, 3);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
    }

    @Test
    void seesARecordThatWasChanged() throws IOException {
        written("pay 1", "pay 2", "pay 3");
        Files.writeString(file(), Files.readString(file()).replace("pay 2", "pay 9"));
        broken("line 2", "record 2 is not what was written");
    }

    @Test
    void seesARecordThatWasTakenOutOrChangedPlaces() throws IOException {
        written("a", "b", "c");
        List<String> lines = Files.readAllLines(file());
        Files.write(file(), List.of(lines.get(0), lines.get(2)));
        broken("line 2", "record 3 does not follow record 1");
        Files.write(file(), List.of(lines.get(1), lines.get(0), lines.get(2)));
        broken("line 2", "record 1 does not follow record 2");
    }

    @Test
    void seesARecordThatWasMadeAgainWithItsHash() throws IOException {
        written("a", "b", "c");
        List<String> lines = Files.readAllLines(file());
        Link second = Link.parse(lines.get(1)).orElseThrow();
        Link forged = Link.after(2, second.previous(), "x");
        Files.write(file(), List.of(lines.get(0), forged.line().strip(), lines.get(2)));
        broken("line 3", "record 3 does not follow record 2");
    }

    @Test
    void anInterruptedWriterLosesNothing() throws IOException {
        try (ChainedLog log = log()) {
            log.append("a");
            Thread.currentThread().interrupt();
            try {
                log.append("b");
            } finally {
                assertThat(Thread.interrupted()).isTrue();
            }
            log.append("c");
        }
        assertThat(texts()).containsExactly("a", "b", "c");
        whole(1, 3);
    }

    @Test
    void refusesToWriteWhereNobodyWillFindIt() throws IOException {
        try (ChainedLog log = log()) {
            log.append("a");
            Files.move(folder, home.resolve("elsewhere"));
            assertThatThrownBy(() -> log.append("b"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("moved or deleted");
        }
    }

    @Test
    void addsNothingOnceItIsClosed() throws IOException {
        ChainedLog log = log();
        log.append("a");
        log.close();
        assertThatThrownBy(() -> log.append("b"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is closed");
    }

    @Test
    void seesAnotherLastRecordOfTheSameNumber() throws IOException {
        written("a", "b");
        List<String> lines = Files.readAllLines(file());
        Link second = Link.parse(lines.get(1)).orElseThrow();
        Files.writeString(
                file(),
                lines.get(0) + "\n" + Link.after(2, second.previous(), "x").line());
        broken("line 2", "record 2 is not the one that was written");
    }

    @Test
    void seesThatTheEndIsMissingWithTheHead() throws IOException {
        written("a", "b", "c");
        List<String> lines = Files.readAllLines(file());
        Files.writeString(file(), lines.get(0) + "\n" + lines.get(1) + "\n");
        Files.delete(folder.resolve("head"));
        broken("head", "is missing");
    }

    @Test
    void seesThatTheEndIsMissing() throws IOException {
        written("a", "b", "c");
        List<String> lines = Files.readAllLines(file());
        Files.writeString(file(), lines.get(0) + "\n");
        broken("the end", "records 2 to 3 are missing");
        written("d");
        broken("line 2", "records 2 to 3 are missing");
        assertThat(texts())
                .as("what there is, and what came after")
                .containsExactly("a", "# records 2 to 3 are missing", "d");
        Files.delete(file());
        broken("head", "are missing");
    }

    @Test
    void losesNoRecordToATornLine() throws IOException {
        written("a", "b");
        byte[] before = Files.readAllBytes(file());
        for (int torn : List.of(1, 40, 100)) {
            Files.write(file(), before);
            Files.writeString(file(), "0".repeat(torn), StandardOpenOption.APPEND);
            assertThat(texts()).containsExactly("a", "b");
            written("c");
            assertThat(texts()).containsExactly("a", "b", "# " + torn + " bytes of a torn line were cut off", "c");
            whole(1, 4);
            Files.delete(folder.resolve("head"));
        }
    }

    @Test
    void goesOnAfterAFileIntoWhichNothingCame() throws IOException {
        written("a");
        Files.createFile(folder.resolve("000000000002.log"));
        written("b");
        assertThat(texts()).containsExactly("a", "b");
        whole(1, 2);
    }

    @Test
    void doesNotWriteAfterAnEndThatSomebodyHasChanged() throws IOException {
        written("a", "b");
        Files.writeString(file(), Files.readString(file()).replace(" b\n", " x\n"));
        try (ChainedLog log = log()) {
            assertThatThrownBy(() -> log.append("c"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("not what was written")
                    .hasMessageContaining("mv ");
        }
    }

    @Test
    void doesNotWriteIntoAFileThatIsChangedMeanwhile() throws IOException {
        try (ChainedLog log = log()) {
            log.append("a");
            Files.write(file(), new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
            assertThatThrownBy(() -> log.append("b"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("was changed by somebody else");
        }
    }

    @Test
    void keepsTheChainAcrossFilesAndSaysWhatItLetGo() throws IOException {
        try (ChainedLog log = new ChainedLog(folder, 1_000, 3)) {
            for (int i = 0; i < 60; i++) {
                log.append("record " + i);
            }
        }
        try (var files = Files.list(folder)) {
            assertThat(files.filter(each -> each.toString().endsWith(".log")).count())
                    .isEqualTo(3);
        }
        assertThat(texts().getLast()).isEqualTo("record 59");
        assertThat(texts().getFirst()).isNotEqualTo("record 0");
        assertThat(new ChainReader(folder).verify()).isInstanceOf(Verdict.Whole.class);
        Path oldest;
        try (var files = Files.list(folder)) {
            oldest = files.filter(each -> each.toString().endsWith(".log"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
        }
        Files.delete(oldest);
        broken("the beginning", "were not let go by the log");
    }

    @Test
    void cannotBeWrittenWhereItsFolderIsAFile() throws IOException {
        Files.writeString(folder, "x");
        try (ChainedLog log = log()) {
            assertThatThrownBy(() -> log.append("a")).isInstanceOf(IOException.class);
        }
        assertThat(Files.readString(folder)).isEqualTo("x");
    }

    @Test
    void seesEveryByteThatIsFlipped() throws IOException {
        written("first", "second", "third");
        byte[] sound = Files.readAllBytes(file());
        for (int i = 0; i < sound.length; i++) {
            byte[] flipped = Arrays.copyOf(sound, sound.length);
            flipped[i] ^= 1;
            Files.write(file(), flipped);
            assertThat(new ChainReader(folder).verify()).as("byte " + i).isInstanceOf(Verdict.Broken.class);
        }
    }

    @Test
    void refusesARecordOfSeveralLines() throws IOException {
        try (ChainedLog log = log()) {
            assertThatThrownBy(() -> log.append("a\nb")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> log.append("# a")).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void findsARecordByItsHash() throws IOException {
        try (ChainedLog log = log()) {
            Link link = log.append("a");
            log.append("b");
            assertThat(new ChainReader(folder).find(link.hash())).contains(link);
            assertThat(new ChainReader(folder).find("0")).isEmpty();
        }
    }
}
