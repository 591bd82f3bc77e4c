package telos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import telos.cli.Cli.Ran;

class InstallCommandTest {
    @TempDir
    Path folder;

    private Cli cli(String path) {
        return Cli.in(folder)
                .withEnvironment(Map.of("HOME", folder.toString(), "TELOS_LAUNCHER", "/opt/telos/telos", "PATH", path));
    }

    private Path link() {
        return folder.resolve(".local/bin/telos");
    }

    private Path completion() {
        return folder.resolve(".local/share/bash-completion/completions/telos");
    }

    @Test
    void linksTheLauncherAndWritesCompletion() throws Exception {
        Ran ran = cli("/bin").run("install");
        assertThat(ran.status()).isZero();
        assertThat(Files.readSymbolicLink(link())).isEqualTo(Path.of("/opt/telos/telos"));
        assertThat(ran.out())
                .contains("linked " + link())
                .contains("wrote " + completion())
                .contains("not on your PATH");
        Process bash = new ProcessBuilder("bash", "-n", completion().toString())
                .inheritIO()
                .start();
        assertThat(bash.waitFor()).isZero();
        assertThat(Files.readString(completion())).contains("inspect").contains("--kv-memory");
        assertThat(Files.readString(completion()))
                .contains("sched")
                .contains("policy")
                .contains("--watch");
        assertThat(folder.resolve(".config")).doesNotExist();
    }

    @Test
    void completesForFishWhereItIsUsedAndTellsZshHow() throws Exception {
        Path fish = Files.createDirectories(folder.resolve(".config/fish"));
        Cli cli = cli("/bin");
        Map<String, String> environment = new HashMap<>(cli.environment());
        environment.put("SHELL", "/usr/bin/zsh");
        assertThat(cli.withEnvironment(environment).run("install").out())
                .contains("source " + completion())
                .contains("telos.fish");
        String written = Files.readString(fish.resolve("completions/telos.fish"));
        assertThat(written)
                .contains("complete -c telos -n '__fish_use_subcommand' -f -a top -d '")
                .contains(
                        "-n '__fish_seen_subcommand_from sched; and __fish_seen_subcommand_from trace' -l out -s o -r")
                .doesNotContain("idle-exit");
        assertThat(written.lines()).allMatch(line -> line.matches("complete -c telos -n '[^']*'.*"));
        assertThat(cli("/bin").run("install", "--uninstall").out()).contains("removed " + fish);
    }

    @Test
    void isQuietAboutThePathWhenTheFolderIsOnIt() {
        assertThat(cli("/bin:" + link().getParent()).run("install").out()).doesNotContain("not on your PATH");
    }

    @Test
    void maySayTheSameTwiceAndTakesItselfAwayAgain() {
        cli("/bin").run("install");
        assertThat(cli("/bin").run("install").out()).contains("is there already");
        assertThat(cli("/bin").run("install", "--uninstall").out())
                .isEqualTo("removed " + link() + "\nremoved " + completion() + "\n");
        assertThat(cli("/bin").run("install", "--uninstall").out()).isEqualTo(link() + " was not there\n");
    }

    @Test
    void leavesAProgramOfThatNameAlone() throws IOException {
        Files.createDirectories(link().getParent());
        Files.writeString(link(), "mine");
        for (String[] arguments : new String[][] {{"install"}, {"install", "--uninstall"}}) {
            Ran ran = cli("/bin").run(arguments);
            assertThat(ran.status()).isEqualTo(1);
            assertThat(ran.err()).contains("not a link of ours");
        }
        assertThat(link()).hasContent("mine");
    }

    @Test
    void saysHowToBeRunWhenItDoesNotKnowTheLauncher() {
        Ran ran = cli("/bin").withEnvironment(Map.of("HOME", folder.toString())).run("install");
        assertThat(ran.status()).isEqualTo(1);
        assertThat(ran.err()).contains("./telos install");
    }
}
