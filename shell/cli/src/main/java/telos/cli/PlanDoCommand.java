package telos.cli;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import telos.cli.wire.Json;
import telos.kernel.security.Sha256;
import telos.plans.Limits;
import telos.plans.Outcome;
import telos.plans.planner.Errand;
import telos.plans.planner.Planned;

/** {@code telos plan do}: has a plan written, shows and checks it, and runs it. */
final class PlanDoCommand implements Command {
    private static final String EXAMPLE = "telos plan do \"pay the bill of May\" --world world.json";
    private static final int REPLANS = 2;

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                "do",
                "Have a model write a plan for a request, show it, check it and run it. Where it is denied or fails before "
                        + "it has changed anything, another may be written, if all that decided this may be known to the "
                        + "planner. Exit status: as telos plan run.",
                EXAMPLE,
                "telos plan do \"pay the bill of May\" --world world.json --user alice --replans 1 --json");
        PlanRequest.options(spec);
        spec.addOption(Syntax.text(
                "NAME",
                "Who you are in the world's labels: a planner in this machine may be told what you may know.",
                "--user"));
        spec.addOption(Syntax.number(
                "N", "How often a plan may be written anew after one was run (" + REPLANS + ").", "--replans"));
        PlanRunCommand.bounds(spec);
        spec.addOption(
                Syntax.flag("Print one JSON object per plan, per effect, per denial, and for the outcome.", "--json"));
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Session session) throws CommandException {
        boolean json = Syntax.given(arguments, "--json");
        int most = (int) Syntax.number(arguments, "--replans", REPLANS, 0, 100);
        PlanRequest request = PlanRequest.of(arguments, session, EXAMPLE);
        Limits limits = PlanRunCommand.limits(arguments, true);
        Errand errand = new Errand(
                request.planner(Limits.USUAL),
                AskingWorld.of(request.world(), Prompt.besides(session)),
                limits,
                request.author().reader(Syntax.text(arguments, "--user")),
                most);
        Errand.Report report;
        Begin begin = new Begin(request.place(), name(request.text()));
        try (PlanWorld _ = request.place()) {
            report = errand.carryOut(
                    request.text(),
                    written -> {
                        if (json) {
                            session.out().println(request.json(written));
                        } else {
                            PlanRequest.tell(written, session.out(), session.err());
                        }
                        return begin.next();
                    },
                    new PlanRunCommand.Teller(session, json));
        }
        if (begin.refused != null) {
            throw begin.refused;
        }
        if (report.outcome().isEmpty() && report.planned() instanceof Planned.Failed failed) {
            throw PlanRequest.failed(failed, session.err());
        }
        Outcome outcome = report.outcome().orElseThrow();
        if (json) {
            Map<String, Json> record = PlanRunCommand.json(outcome).members();
            record.put("replans", Json.of(report.replans()));
            session.out().println(Json.of(record));
        } else {
            session.out()
                    .println(Paint.line(PlanRunCommand.words(outcome)
                            + (report.replans() == 0 ? "" : " (planned again: " + report.replans() + ")")));
        }
        PlanRunCommand.tellLoss(outcome, session);
        return PlanRunCommand.status(outcome);
    }

    /** What plans for that request are called where they are written down: a request may hold what the audit must not. */
    private static String name(String request) {
        return "request " + Sha256.hex(request).substring(0, 12);
    }

    /** Begins with the first plan. Those after it go on from there: all of them together have the limits of one run. */
    private static final class Begin {
        private final PlanWorld place;
        private final String name;
        private boolean begun;
        private @Nullable CommandException refused;

        Begin(PlanWorld place, String name) {
            this.place = place;
            this.name = name;
        }

        boolean next() {
            try {
                if (!begun) {
                    place.begin(name);
                    begun = true;
                }
                return true;
            } catch (CommandException e) {
                refused = e;
                return false;
            }
        }
    }
}
