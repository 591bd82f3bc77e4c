package telos.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import telos.plans.Limits;
import telos.plans.planner.Planned;

/** {@code telos plan write}: has a model write a plan, shows and checks it, and runs nothing. */
final class PlanWriteCommand implements Command {
    private static final String EXAMPLE = "telos plan write \"pay the bill of May\" --world world.json --out plan.py";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                "write",
                "Have a model write a plan for a request. It sees the request and the signatures of tools, never data. The "
                        + "plan is checked and shown; nothing runs. Exit status: 0 no call of it may be denied, 3 some "
                        + "may, 1 no plan was written, 2 the world is faulty.",
                EXAMPLE,
                "telos plan write \"what does this letter want?\" --world world.json --data letter.txt --model"
                        + " http://127.0.0.1:11434/v1#qwen3");
        PlanRequest.options(spec);
        spec.addOption(Syntax.text("FILE", "Where to write the plan (standard output).", "--out", "-o"));
        spec.addOption(Syntax.flag("Print one JSON object.", "--json"));
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Session session) throws CommandException {
        PlanRequest request = PlanRequest.of(arguments, session, EXAMPLE);
        switch (request.planner(Limits.USUAL).plan(request.text())) {
            case Planned.Failed failed -> throw PlanRequest.failed(failed, session.err());
            case Planned.Written written -> {
                String out = Syntax.text(arguments, "--out");
                if (!out.isEmpty()) {
                    save(session.file(out), written.plan().source());
                }
                if (Syntax.given(arguments, "--json")) {
                    session.out().println(request.json(written));
                } else {
                    PlanRequest.tell(written, session.out(), session.err());
                }
                return written.checked().clean() ? 0 : PlanCheckCommand.MAY_BE_DENIED;
            }
        }
    }

    private static void save(Path file, String source) throws CommandException {
        try {
            Files.writeString(file, source);
        } catch (IOException e) {
            throw CommandException.failed("cannot write " + file + ": " + Home.reason(e));
        }
    }
}
