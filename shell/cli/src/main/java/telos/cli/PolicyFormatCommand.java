package telos.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import telos.plans.policy.PolicyFormat;
import telos.plans.policy.ShippedPolicies;

/** {@code telos policy fmt}: puts policies into their one form. */
final class PolicyFormatCommand implements Command {
    private static final int DIFFERS = 3;

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                "fmt",
                "Put policies into their one form; comments and everything else stay. Exit status: 0 done, 3 with --check: "
                        + "a file is not in that form, 1 a file cannot be read.",
                "telos policy fmt mail.policy",
                "telos policy fmt mail.policy --check");
        spec.addOption(Syntax.flag("Change nothing; name the files that are not in that form.", "--check"));
        spec.addPositional(Syntax.operands("0..*", "POLICY", "Files with policies."));
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Session session) throws CommandException {
        String[] words = Syntax.words(arguments);
        if (words.length == 0) {
            throw CommandException.usage("name a policy; for example: telos policy fmt mail.policy");
        }
        boolean check = Syntax.given(arguments, "--check");
        int differ = 0;
        for (String word : words) {
            PolicyFiles policy = PolicyFiles.of(word, session);
            String formatted = PolicyFormat.of(policy.source());
            if (formatted.equals(policy.source())) {
                continue;
            }
            differ++;
            session.out().println(Paint.line(word));
            if (!check && word.startsWith(ShippedPolicies.PREFIX)) {
                throw CommandException.usage(word + " came with the program and is no file; copy it first");
            }
            if (!check) {
                write(policy.file(), formatted);
            }
        }
        return check && differ > 0 ? DIFFERS : 0;
    }

    /** Beside it first, so that a full disk leaves the old text. */
    private static void write(Path file, String text) throws CommandException {
        try {
            Path target = file.toRealPath();
            Path beside = Files.createTempFile(target.toAbsolutePath().getParent(), ".policy", ".tmp");
            try {
                Files.writeString(beside, text, StandardCharsets.UTF_8);
                Files.setPosixFilePermissions(beside, Files.getPosixFilePermissions(target));
                Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(beside);
            }
        } catch (IOException e) {
            throw CommandException.failed("cannot write " + file + ": " + Home.reason(e));
        }
    }
}
