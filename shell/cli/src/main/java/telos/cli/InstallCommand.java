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

/** {@code telos install}: a link to the launcher in a folder on the PATH, and completion for bash, zsh and fish. */
final class InstallCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                "install",
                "Put telos on the PATH (a link in ~/.local/bin, or in /usr/local/bin for root) and add completion for "
                        + "bash and zsh, and for fish where it is used.",
                "./telos install",
                "telos install --uninstall");
        spec.addOption(Syntax.flag("Take all of it away again.", "--uninstall"));
        return spec;
    }

    /**
     * Where the files go.
     *
     * @param fish the folder of fish's own settings, which may not be there
     */
    private record Places(Path programs, Path completions, Path fish) {
        Path link() {
            return programs.resolve("telos");
        }

        Path completion() {
            return completions.resolve("telos");
        }

        Path forFish() {
            return fish.resolve("completions/telos.fish");
        }

        static Places of(Session session) throws CommandException {
            String home = session.environment().getOrDefault("HOME", "");
            if (home.isEmpty()) {
                throw CommandException.failed("HOME is not set, so there is no folder to install into");
            }
            boolean root = "root".equals(System.getProperty("user.name")) && home.equals("/root");
            Path fish = Path.of(home, ".config/fish");
            return root
                    ? new Places(
                            Path.of("/usr/local/bin"), Path.of("/usr/local/share/bash-completion/completions"), fish)
                    : new Places(
                            Path.of(home, ".local/bin"),
                            Path.of(home, ".local/share/bash-completion/completions"),
                            fish);
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
        complete(places, session);
        List<String> path =
                List.of(session.environment().getOrDefault("PATH", "").split(":"));
        if (!path.contains(places.programs().toString())) {
            out.println("note: " + places.programs() + " is not on your PATH; add to ~/.profile: export PATH=\""
                    + places.programs() + ":$PATH\"");
        }
        return 0;
    }

    private static void complete(Places places, Session session) throws IOException {
        PrintStream out = session.out();
        CommandSpec root = Invocation.root(Commands.NAMES);
        Files.createDirectories(places.completions());
        Files.writeString(
                places.completion(), AutoComplete.bash("telos", new CommandLine(root)), StandardCharsets.UTF_8);
        out.println("wrote " + places.completion() + " (bash reads it at its next start)");
        if (session.environment().getOrDefault("SHELL", "").endsWith("/zsh")) {
            out.println("note: for zsh, add to ~/.zshrc after compinit: source " + places.completion());
        }
        if (Files.isDirectory(places.fish())) {
            Files.createDirectories(places.fish().resolve("completions"));
            Files.writeString(places.forFish(), FishCompletion.of(root), StandardCharsets.UTF_8);
            out.println("wrote " + places.forFish());
        }
    }

    private static int uninstall(Places places, Session session) throws IOException, CommandException {
        PrintStream out = session.out();
        if (Files.exists(places.link(), LinkOption.NOFOLLOW_LINKS) && !Files.isSymbolicLink(places.link())) {
            throw CommandException.failed(places.link() + " is not a link of ours; it stays");
        }
        out.println(
                Files.deleteIfExists(places.link()) ? "removed " + places.link() : places.link() + " was not there");
        for (Path file : List.of(places.completion(), places.forFish())) {
            if (Files.deleteIfExists(file)) {
                out.println("removed " + file);
            }
        }
        return 0;
    }
}
