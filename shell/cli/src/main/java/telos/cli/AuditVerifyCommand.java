package telos.cli;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import telos.server.AuditTrail;

/** {@code telos audit verify}: whether every record follows from the one before. */
final class AuditVerifyCommand implements Command {
    private static final int BROKEN = 3;
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                "verify",
                "Check the chain of hashes and say where it is broken. Whoever can write to the files can also write a new "
                        + "chain: keep the hash that this prints elsewhere, and give it with --expect later; nothing up to "
                        + "that record was changed if it is still there. Exit status: 0 it is whole, 3 it is not.",
                "telos audit verify",
                "telos audit verify --expect 3b1f…");
        spec.addOption(Syntax.text("HASH", "The hash of a record that must be there.", "--expect"));
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Session session) throws CommandException {
        String expected = Syntax.text(arguments, "--expect").toLowerCase(Locale.ROOT);
        if (!expected.isEmpty() && !HASH.matcher(expected).matches()) {
            throw CommandException.usage("--expect needs the 64 hex digits that 'telos audit verify' prints");
        }
        AuditTrail trail = new AuditTrail(session.home().folder());
        try {
            return switch (trail.verify()) {
                case AuditTrail.Verdict.Broken(String where, String why) -> {
                    session.out().println(Paint.line("broken at " + where + ": " + why));
                    yield BROKEN;
                }
                case AuditTrail.Verdict.Whole(long first, long last, String hash) -> {
                    session.out()
                            .println(
                                    last == 0
                                            ? "nothing is written down yet"
                                            : "whole: records " + first + " to " + last + ", the last is " + hash);
                    yield expected.isEmpty() ? 0 : expected(trail, expected, session);
                }
            };
        } catch (IOException e) {
            throw CommandException.failed("cannot read the audit in " + trail.folder() + ": " + Home.reason(e));
        }
    }

    private static int expected(AuditTrail trail, String expected, Session session) throws IOException {
        Optional<Long> found = trail.find(expected);
        session.out()
                .println(
                        found.isPresent()
                                ? "the expected hash is that of record " + found.get()
                                        + ": nothing up to there was changed"
                                : "no record has the expected hash: it was let go, or another chain stands here");
        return found.isPresent() ? 0 : BROKEN;
    }
}
