package telos.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import telos.plans.Manual;
import telos.plans.World;
import telos.plans.planner.Definitions;
import telos.plans.planner.Pins;
import telos.plans.planner.PinsException;

/** The pins of a user, in {@code $TELOS_HOME/pins.json} or where a command says. */
record PinFile(Path file, Pins pins) {
    private static final long LARGEST = 64L << 20;

    static void option(CommandSpec spec) {
        spec.addOption(Syntax.text("FILE", "The tools that were pinned (pins.json in TELOS_HOME).", "--pins"));
    }

    static PinFile of(ParseResult arguments, Session session) throws CommandException {
        String name = Syntax.text(arguments, "--pins");
        Path file = name.isEmpty() ? session.home().pins() : session.file(name);
        if (!Files.exists(file)) {
            return new PinFile(file, Pins.NONE);
        }
        try {
            return new PinFile(file, Pins.parse(new String(PlanFiles.read(file, LARGEST), StandardCharsets.UTF_8)));
        } catch (PinsException e) {
            throw CommandException.usage(file + ": " + Paint.line(String.valueOf(e.getMessage())));
        }
    }

    /** What is there is whole, also where this is cut off. */
    void save(Pins changed, Session session) throws CommandException {
        if (file.equals(session.home().pins())) {
            session.home().prepare();
        }
        try {
            Path beside = Files.createTempFile(
                    file.toAbsolutePath().getParent(),
                    ".pins",
                    "",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(beside, changed.json() + "\n");
            Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw CommandException.failed("cannot write " + file + ": " + Home.reason(e));
        }
    }

    /** Refuses a world in which a server says something else of a tool than when it was pinned. */
    void refuseChanged(String name, World world) throws CommandException {
        for (Map.Entry<String, Manual> each : world.manuals().entrySet()) {
            if (each.getValue().definition().isPresent()
                    && pins.standing(each.getValue().definition().get())
                            instanceof Pins.Standing.Changed(List<Definitions.Difference> differences)) {
                throw CommandException.usage(Paint.line(name + ": the tool " + each.getKey()
                        + " is not what was pinned as "
                        + Pins.key(each.getValue().definition().get()) + ": changed is "
                        + String.join(
                                ", ",
                                differences.stream()
                                        .map(Definitions.Difference::path)
                                        .toList())
                        + "; look at it with 'telos tools diff " + name
                        + "', and if all is well pin it again with 'telos tools pin'"));
            }
        }
    }
}
