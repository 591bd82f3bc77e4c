package telos.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import telos.cli.wire.Json;
import telos.plans.policy.Case;
import telos.plans.policy.PolicyTests;

/** {@code telos policy test}: runs the tests that stand in a policy, or beside it. */
final class PolicyTestCommand implements Command {
    private static final int FAILED = 3;

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                "test",
                "Run the tests in a policy, and in further files with tests for it. Exit status: 0 all hold, 3 some do not, "
                        + "1 a file cannot be read.",
                "telos policy test mail.policy",
                "telos policy test mail.policy more-tests.policy");
        spec.addOption(Syntax.flag("Print one JSON object.", "--json"));
        spec.addPositional(Syntax.operands("0..*", "POLICY", "A file with a policy, and files with tests for it."));
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Session session) throws CommandException {
        String[] words = Syntax.words(arguments);
        if (words.length == 0) {
            throw CommandException.usage("name a policy; for example: telos policy test mail.policy");
        }
        boolean json = Syntax.given(arguments, "--json");
        PolicyFiles policy = PolicyFiles.of(words[0], session);
        List<Json> failures = new ArrayList<>();
        int tests = 0;
        for (int i = 0; i < words.length; i++) {
            String word = words[i];
            PolicyFiles file = i == 0 ? policy : PolicyFiles.of(word, session);
            if (i > 0 && !file.text().rules().isEmpty()) {
                throw CommandException.usage(word + " has rules; the files after the first have tests and groups only");
            }
            List<Case> cases = file.text().tests();
            tests += cases.size();
            for (PolicyTests.Failure each : PolicyTests.run(policy.text(), cases)) {
                failures.add(Json.object(
                        "file", word,
                        "line", each.place().line(),
                        "column", each.place().column(),
                        "test", each.test(),
                        "message", each.message()));
                if (!json) {
                    session.out()
                            .println(Paint.line(
                                    word + ": " + each.place() + ": " + each.test() + ": " + each.message()));
                }
            }
        }
        session.out()
                .println(
                        json
                                ? Json.object("tests", tests, "failures", failures)
                                : tests + (tests == 1 ? " test, " : " tests, ") + failures.size() + " failed");
        return failures.isEmpty() ? 0 : FAILED;
    }
}
