package telos.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code telos install}: a link to the launcher in a folder on the PATH, and completion for bash. */
final class InstallCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                "install",
                "Put telos on the PATH (a link in ~/.local/bin, or in /usr/local/bin for root) and add completion for "
                        + "bash.",
                "./telos install",
                "telos install --uninstall");
        spec.addOption(Syntax.flag("Take both away again.", "--uninstall"));
        return spec;
    }

    /** Where the two files go. */
    private record Places(Path programs, Path completions) {
        Path link() {
            return programs.resolve("telos");
        }

        Path completion() {
            return completions.resolve("telos");
        }

        static Places of(Session session) throws CommandException {
            String home = session.environment().getOrDefault("HOME", "");
            if (home.isEmpty()) {
                throw CommandException.failed("HOME is not set, so there is no folder to install into");
            }
            boolean root = "root".equals(System.getProperty("user.name")) && home.equals("/root");
            return root
                    ? new Places(Path.of("/usr/local/bin"), Path.of("/usr/local/share/bash-completion/completions"))
                    : new Places(
                            Path.of(home, ".local/bin"), Path.of(home, ".local/share/bash-completion/completions"));
        }
    }

    @Override
    public int run(ParseResult arguments, Session session) throws CommandException {
        Places places = Places.of(session);
        try {
            return Syntax.given(arguments, "--uninstall") ? uninstall(places, session) : install(places, session);
        } catch (IOException e) {
            throw CommandException.failed(
                    "cannot write to " + places.programs() + " or " + places.completions() + ": " + Home.reason(e));
        }
    }

    private static int install(Places places, Session session) throws IOException, CommandException {
        String launcher = session.environment().getOrDefault("TELOS_LAUNCHER", "");
        if (launcher.isEmpty()) {
            throw CommandException.failed("the launcher is not known; run this through it: ./telos install");
        }
        Path target = Path.of(launcher);
        PrintStream out = session.out();
        Path link = places.link();
        if (Files.exists(link, LinkOption.NOFOLLOW_LINKS)) {
            if (!Files.isSymbolicLink(link)) {
                throw CommandException.failed(link + " exists and is not a link of ours; move it away first");
            }
            if (Files.readSymbolicLink(link).equals(target)) {
                out.println(link + " is there already");
            } else {
                out.println(link + " led to " + Files.readSymbolicLink(link) + "; now it leads to " + target);
                Files.delete(link);
                Files.createSymbolicLink(link, target);
            }
        } else {
            Files.createDirectories(places.programs());
            Files.createSymbolicLink(link, target);
            out.println("linked " + link + " to " + target);
        }
        Files.createDirectories(places.completions());
        Files.writeString(
                places.completion(),
                AutoComplete.bash("telos", new CommandLine(Program.root(Commands.NAMES))),
                StandardCharsets.UTF_8);
        out.println("wrote " + places.completion() + " (bash reads it at its next start)");
        List<String> path =
                List.of(session.environment().getOrDefault("PATH", "").split(":"));
        if (!path.contains(places.programs().toString())) {
            out.println("note: " + places.programs() + " is not on your PATH; add to ~/.profile: export PATH=\""
                    + places.programs() + ":$PATH\"");
        }
        return 0;
    }

    private static int uninstall(Places places, Session session) throws IOException, CommandException {
        PrintStream out = session.out();
        if (Files.exists(places.link(), LinkOption.NOFOLLOW_LINKS) && !Files.isSymbolicLink(places.link())) {
            throw CommandException.failed(places.link() + " is not a link of ours; it stays");
        }
        out.println(
                Files.deleteIfExists(places.link()) ? "removed " + places.link() : places.link() + " was not there");
        if (Files.deleteIfExists(places.completion())) {
            out.println("removed " + places.completion());
        }
        return 0;
    }
}
