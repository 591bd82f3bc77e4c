package telos.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClientBuildTest {
    @TempDir
    Path folder;

    @BeforeEach
    void writesASource() throws IOException {
        Files.writeString(folder.resolve("source"), "");
    }

    @Test
    void buildsOnlyWhereASourceIsNewer() throws Exception {
        assertThat(build("touch stamp; echo x >> runs")).isEqualTo(new ClientBuild.Ready());
        assertThat(build("false")).isEqualTo(new ClientBuild.Ready());
        Files.setLastModifiedTime(folder.resolve("source"), FileTime.fromMillis(System.currentTimeMillis() + 60_000));
        assertThat(build("touch stamp; echo x >> runs")).isEqualTo(new ClientBuild.Ready());
        assertThat(folder.resolve("runs")).hasContent("x\nx");
    }

    @Test
    void tellsWhatCannotBeFetchedFromWhatDoesNotBuild() throws Exception {
        assertThat(build("echo '[ERROR] Could not find artifact com.openai:openai-java:jar:4.100.0'; exit 1"))
                .isInstanceOfSatisfying(
                        ClientBuild.Missing.class,
                        missing -> assertThat(missing.why()).contains("openai-java:jar:4.100.0"));
        assertThat(build("echo 'npm error code ENOTFOUND'; exit 1")).isInstanceOf(ClientBuild.Missing.class);
        assertThat(build("echo '[ERROR] Main.java:[3,1] cannot find symbol'; exit 1"))
                .isEqualTo(new ClientBuild.Broken("does not build: [ERROR] Main.java:[3,1] cannot find symbol"));
    }

    private ClientBuild build(String script) throws Exception {
        Client client = new Client(
                "a",
                "a client",
                Client.Program.MAVEN,
                folder,
                folder.resolve("stamp"),
                List.of(folder.resolve("source")),
                List.of("sh", "-c", script),
                List.of("true"));
        return ClientBuild.of(client, folder.resolve("log"));
    }
}
