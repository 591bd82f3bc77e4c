package telos.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import telos.kernel.security.Readers;
import telos.plans.World;
import telos.plans.planner.AttachedWorld;

/**
 * The world that a command's options make: that of a file, or this machine as the daemon's tools show it, and beside it what the
 * user attached as data.
 *
 * @param daemon where it is the daemon's
 */
record PlanWorld(World world, Optional<DaemonWorld> daemon) implements AutoCloseable {
    static final String ASK =
            "The model that answers what the plan asks; without it, only the world's prepared answers do.";

    /** The most that a tool may give. */
    private static final int LARGEST_DATA = 65_536;

    private static final int MOST_DATA = 100;

    static void options(CommandSpec spec) {
        spec.addOption(Syntax.text(
                "FILE",
                "The tools that the plan may call, and what they ask and answer; without it, those of the daemon act "
                        + "on this machine, by the daemon's policy.",
                "--world"));
        PinFile.option(spec);
        spec.addOption(Syntax.texts(
                "FILE",
                "Text that you were sent or pasted, - for standard input: untrusted data, which a plan reads by "
                        + "attached(), and whoever writes the plan does not see. May be given more than once.",
                "--data"));
        spec.addOption(Syntax.text(
                "NAMES", "Who may read that data, with commas; * for everyone (nobody unless said).", "--readers"));
    }

    static PlanWorld of(ParseResult arguments, Session session) throws CommandException {
        String name = Syntax.text(arguments, "--world");
        if (name.isEmpty()) {
            DaemonWorld daemon = DaemonWorld.of(session);
            return new PlanWorld(attached(daemon, "this machine", arguments, session), Optional.of(daemon));
        }
        World world = PlanFiles.world(name, session);
        PinFile.of(arguments, session).refuseChanged(name, world);
        return new PlanWorld(attached(world, name, arguments, session), Optional.empty());
    }

    /** A plan is about to run. */
    void begin(String plan) throws CommandException {
        if (daemon.isPresent()) {
            daemon.get().begin(plan);
        }
    }

    /** No plan runs any more. */
    @Override
    public void close() {
        daemon.ifPresent(DaemonWorld::close);
    }

    private static World attached(World world, String name, ParseResult arguments, Session session)
            throws CommandException {
        String[] files = Syntax.texts(arguments, "--data");
        if (files.length == 0) {
            if (Syntax.given(arguments, "--readers")) {
                throw CommandException.usage("--readers says who may read what --data attaches; there is no --data");
            }
            return world;
        }
        if (files.length > MOST_DATA) {
            throw CommandException.usage("at most " + MOST_DATA + " files can be attached");
        }
        List<String> texts = new ArrayList<>();
        for (String each : files) {
            texts.add(text(each, session));
        }
        try {
            return new AttachedWorld(world, texts, readers(Syntax.text(arguments, "--readers")));
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(name + ": " + e.getMessage());
        }
    }

    private static Readers readers(String names) {
        List<String> all = Arrays.stream(names.split(",", -1))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .toList();
        return all.contains("*") ? Readers.EVERYONE : Readers.of(all);
    }

    private static String text(String name, Session session) throws CommandException {
        try {
            byte[] bytes = name.equals("-")
                    ? session.in().readNBytes(LARGEST_DATA + 1)
                    : PlanFiles.read(session.file(name), LARGEST_DATA);
            if (bytes.length > LARGEST_DATA) {
                throw CommandException.usage("standard input is longer than " + LARGEST_DATA + " bytes");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException _) {
            throw CommandException.usage("--data: " + name + " is not UTF-8 text");
        } catch (IOException e) {
            throw CommandException.usage("cannot read standard input: " + Home.reason(e));
        }
    }
}
