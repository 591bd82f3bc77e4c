package telos.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import telos.storage.Database.Durability;

class DatabaseTest {
    static final List<List<String>> SCHEMA =
            List.of(List.of("CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT, b BLOB)"));

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("it's.db");
    }

    private Database open() throws StorageException {
        return Database.open(file(), Durability.EVERY_COMMIT, 0, SCHEMA);
    }

    @Test
    void keepsWhatWasWrittenInOneFileForItsOwnerAlone() throws Exception {
        try (Database database = open()) {
            assertThat(database.update("INSERT INTO t VALUES (1, ?, ?)", "ä", new byte[] {0, -1}))
                    .isEqualTo(1);
            assertThat(database.update("INSERT INTO t VALUES (2, ?, NULL)", (Object) null))
                    .isEqualTo(1);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("it's.db-wal"))))
                    .isEqualTo("rw-------");
        }
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(file());
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        try (Database database = open()) {
            assertThat(database.query("SELECT v, b FROM t ORDER BY id", row -> row.text(1) + row.bytes(2).length))
                    .containsExactly("ä2", "0");
            assertThat(database.number("SELECT max(id) FROM t WHERE id > 5")).isEmpty();
        }
    }

    @Test
    void undoesATransactionThatBreaksOff() throws Exception {
        try (Database database = open()) {
            assertThatThrownBy(() -> database.transaction(() -> {
                        database.update("INSERT INTO t VALUES (1, 'a', NULL)");
                        return database.update("INSERT INTO t VALUES (1, 'again', NULL)");
                    }))
                    .isInstanceOf(StorageException.class);
            assertThatThrownBy(() -> database.transaction(() -> {
                        database.update("INSERT INTO t VALUES (1, 'a', NULL)");
                        throw new IllegalStateException("a fault of the caller");
                    }))
                    .isInstanceOf(IllegalStateException.class);
            assertThat(database.number("SELECT count(*) FROM t")).hasValue(0);
            database.update("INSERT INTO t VALUES (1, 'a', NULL)");
        }
    }

    @Test
    void bringsAnOlderFileToTheNewestSchema() throws Exception {
        try (Database database = open()) {
            database.update("INSERT INTO t VALUES (1, 'a', NULL)");
        }
        List<List<String>> newer =
                List.of(SCHEMA.getFirst(), List.of("ALTER TABLE t ADD COLUMN n INTEGER NOT NULL DEFAULT 7"));
        try (Database database = Database.open(file(), Durability.CHECKPOINTS, 0, newer)) {
            assertThat(database.number("SELECT n FROM t")).hasValue(7);
        }
        assertThatThrownBy(this::open)
                .isInstanceOf(StorageException.class)
                .hasMessageContaining(file().toString())
                .hasMessageContaining("written by a newer Telos");
    }

    @Test
    void leavesAFileAsItWasWhenAStepToTheNextSchemaFails() throws Exception {
        open().close();
        List<List<String>> broken = List.of(
                SCHEMA.getFirst(), List.of("ALTER TABLE t ADD COLUMN n INTEGER", "ALTER TABLE missing ADD COLUMN n"));
        assertThatThrownBy(() -> Database.open(file(), Durability.CHECKPOINTS, 0, broken))
                .isInstanceOf(StorageException.class);
        try (Database database = open()) {
            assertThat(database.number("SELECT count(*) FROM pragma_table_info('t')"))
                    .hasValue(3);
        }
    }

    @Test
    void refusesAFileThatIsNoDatabaseAndLeavesItAlone() throws Exception {
        String text = "this is a shopping list\n".repeat(100);
        Files.writeString(file(), text);
        assertThatThrownBy(this::open)
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("is damaged, or is no database")
                .hasMessageContaining("mv '" + file() + "'");
        assertThat(file()).hasContent(text);
    }

    @Test
    void findsDamageInTheMiddleOfAFile() throws Exception {
        try (Database database = open()) {
            for (int i = 0; i < 500; i++) {
                database.update("INSERT INTO t VALUES (?, ?, NULL)", i, "x".repeat(200));
            }
        }
        try (RandomAccessFile raw = new RandomAccessFile(file().toFile(), "rw")) {
            byte[] noise = new byte[8192];
            new Random(1).nextBytes(noise);
            raw.seek(8192);
            raw.write(noise);
        }
        try (Database database = open()) {
            assertThatThrownBy(database::check)
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("is damaged");
            assertThatThrownBy(() -> database.query("SELECT v FROM t", row -> row.text(1)))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("is damaged");
        }
    }

    @Test
    void refusesAFolderAndAPlaceThatIsNotThere() throws Exception {
        Files.createDirectory(file());
        assertThatThrownBy(this::open).isInstanceOf(StorageException.class).hasMessageContaining("this is no file");
        assertThatThrownBy(() -> Database.open(folder.resolve("no/where.db"), Durability.CHECKPOINTS, 0, SCHEMA))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("check that its folder exists");
    }

    @Test
    void stopsAtItsBoundAndGoesOnWhenRowsAreDeleted() throws Exception {
        try (Database database = Database.open(file(), Durability.CHECKPOINTS, 1 << 20, SCHEMA)) {
            byte[] much = new byte[200_000];
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 100; i++) {
                            database.update("INSERT INTO t VALUES (?, '', ?)", i, much);
                        }
                    })
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("reached its bound");
            assertThat(Files.size(file())).isLessThanOrEqualTo(1 << 20);
            database.update("DELETE FROM t");
            assertThat(database.update("INSERT INTO t VALUES (1, '', ?)", much)).isEqualTo(1);
        }
    }

    @Test
    void goesOnWithAStatementThatFoundItFullWithinATransaction() throws Exception {
        try (Database database = Database.open(file(), Durability.CHECKPOINTS, 1 << 20, SCHEMA)) {
            byte[] much = new byte[100_000];
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 100; i++) {
                            int id = i;
                            database.transaction(() -> database.update("INSERT INTO t VALUES (?, '', ?)", id, much));
                        }
                    })
                    .isInstanceOfSatisfying(
                            StorageException.class, e -> assertThat(e.full()).isTrue());
            database.update("DELETE FROM t WHERE id < 3");
            assertThat(database.transaction(() -> database.update("INSERT INTO t VALUES (?, '', ?)", 200, much)))
                    .isEqualTo(1);
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "8, may not be written to",
        "14, cannot be opened",
        "13, free some space",
        "5, in use by another process",
        "10, check the disk",
        "1032, may not be written to", // SQLITE_READONLY_DBMOVED, an extended code
        "1, syntax",
    })
    void saysInWordsWhatSqliteMeans(int code, String words) {
        assertThat(StorageException.of(Path.of("/x/keys.db"), new SQLException("syntax", "", code)))
                .hasMessageContaining("/x/keys.db")
                .hasMessageContaining(words);
    }

    @Test
    void servesManyThreads() throws Exception {
        try (Database database = Database.open(file(), Durability.CHECKPOINTS, 0, SCHEMA)) {
            AtomicInteger next = new AtomicInteger();
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 8; t++) {
                threads.add(Thread.ofVirtual().start(() -> {
                    try {
                        for (int i = 0; i < 50; i++) {
                            int id = next.incrementAndGet();
                            database.transaction(() -> database.update("INSERT INTO t VALUES (?, 'v', NULL)", id));
                        }
                    } catch (StorageException e) {
                        throw new AssertionError(e);
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(database.number("SELECT count(*) FROM t")).hasValue(400);
        }
    }

    /** A process of its own that says what it has committed until it is killed. */
    @ParameterizedTest
    @ValueSource(ints = {1, 40})
    void losesNothingThatWasCommittedWhenItsProcessIsKilled(int lines) throws Exception {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Writer.class.getName(),
                        file().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int committed = 0;
        try (InputStream out = writer.getInputStream()) {
            while (committed < lines && out.read() >= 0) {
                committed++;
            }
            writer.toHandle().destroyForcibly(); // the process's own would close what is to be read
            writer.waitFor();
            committed += out.readAllBytes().length;
        }
        assertThat(committed).isGreaterThanOrEqualTo(lines);
        try (Database database = open()) {
            database.check();
            long rows = database.number("SELECT count(*) FROM t").orElse(0);
            assertThat(rows).isBetween((long) committed, committed + 2L);
            assertThat(database.number("SELECT count(*) FROM t WHERE id % 2 = 0"))
                    .as("both rows of a transaction or none")
                    .hasValue(rows / 2);
        }
    }

    static final class Writer {
        private Writer() {}

        public static void main(String[] arguments) throws StorageException, IOException {
            try (Database database = Database.open(Path.of(arguments[0]), Durability.EVERY_COMMIT, 0, SCHEMA)) {
                for (int i = 0; ; i += 2) {
                    int id = i;
                    database.transaction(() -> {
                        database.update("INSERT INTO t VALUES (?, 'even', NULL)", id);
                        return database.update("INSERT INTO t VALUES (?, 'odd', NULL)", id + 1);
                    });
                    System.out.write("..".getBytes(StandardCharsets.US_ASCII));
                    System.out.flush();
                }
            }
        }
    }
}
