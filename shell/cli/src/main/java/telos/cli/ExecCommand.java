package telos.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import telos.cli.wire.Json;
import telos.devices.linux.CpuSet;
import telos.kernel.scheduling.Shares;

/** {@code telos exec}: any program, with a share of its CPUs. */
final class ExecCommand implements Command {
    private static final long MOST_WEIGHT = Shares.MAX_WEIGHT;
    private static final int MOST_PRIORITY = Shares.MAX_PRIORITY;
    private static final long USUAL_WEIGHT = Shares.USUAL.weight();
    /** In characters. */
    private static final int MOST_NAME = 200;

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                "exec",
                "Run a program that shares its CPUs with others by weight. Its streams, signals, terminal and exit "
                        + "status are its own; 128 and a signal's number say that the signal ended it.",
                "telos exec --weight 300 -- make -j4",
                "telos exec --cpus 0 --name index ./build-index.sh",
                "telos exec --list");
        spec.addOption(Syntax.number(
                "W",
                "Its share in proportion to others': 1 to " + MOST_WEIGHT + " (" + USUAL_WEIGHT + ").",
                "--weight"));
        spec.addOption(Syntax.number(
                "P",
                "Who goes first under the priority policy: -" + MOST_PRIORITY + " to " + MOST_PRIORITY
                        + " (0). It needs stop and continue.",
                "--priority"));
        spec.addOption(Syntax.text("LIST", "The CPUs it may use, such as 0 or 0-2,5 (all).", "--cpus"));
        spec.addOption(Syntax.text("NAME", "What it is called in lists (the program's own name).", "--name"));
        spec.addOption(Syntax.text(
                "stop|cgroup|auto",
                "How its share is enforced: by stopping and continuing it, by a control group, or by a control group "
                        + "where one can be made and weights alone count (auto).",
                "--by"));
        spec.addOption(Syntax.flag("List the programs that are running so.", "--list"));
        spec.addOption(Syntax.flag("With --list: print one JSON object.", "--json"));
        spec.addPositional(
                Syntax.operands("0..*", "PROGRAM ARGUMENT…", "The program, and what it is given as it stands."));
        return spec;
    }

    @Override
    public boolean endsWithWords() {
        return true;
    }

    @Override
    public int run(ParseResult arguments, Session session) throws CommandException {
        List<String> words = List.of(Syntax.words(arguments));
        if (Syntax.given(arguments, "--list")) {
            if (!words.isEmpty()) {
                throw CommandException.usage("--list takes no program");
            }
            return list(session, Syntax.given(arguments, "--json"));
        }
        if (words.isEmpty() || words.getFirst().isEmpty()) {
            throw CommandException.usage("name a program; for example: telos exec --weight 300 -- make -j4");
        }
        long weight = Syntax.number(arguments, "--weight", USUAL_WEIGHT, 1, MOST_WEIGHT);
        long priority = Syntax.number(arguments, "--priority", 0, -MOST_PRIORITY, MOST_PRIORITY);
        String by =
                Syntax.given(arguments, "--by") ? Syntax.text(arguments, "--by").toLowerCase(Locale.ROOT) : "auto";
        if (!List.of("stop", "cgroup", "auto").contains(by)) {
            throw CommandException.usage("--by is stop, cgroup or auto, not '" + by + "'");
        }
        if (by.equals("cgroup") && priority != 0) {
            throw CommandException.usage("a control group divides by weight alone; --priority needs --by stop");
        }
        Optional<CpuSet> cpus = Syntax.given(arguments, "--cpus")
                ? Optional.of(cpus(Syntax.text(arguments, "--cpus")))
                : Optional.empty();
        String given = Syntax.text(arguments, "--name");
        String first = words.getFirst();
        if (given.length() > MOST_NAME) {
            throw CommandException.usage("--name has at most " + MOST_NAME + " characters, not " + given.length());
        }
        String own = first.substring(first.lastIndexOf('/') + 1);
        String name = given.isEmpty() ? own.substring(0, Math.min(own.length(), MOST_NAME)) : given;
        Supervision.Wish wish = new Supervision.Wish(name, weight, priority, cpus, by);
        return new Supervision(session, session.home(), wish).run(words);
    }

    private static CpuSet cpus(String list) throws CommandException {
        CpuSet asked;
        try {
            asked = CpuSet.parse(list);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage("--cpus: " + e.getMessage());
        }
        CpuSet allowed = CpuSet.allowed();
        if (!allowed.contains(asked)) {
            throw CommandException.usage(
                    "--cpus " + list + ": programs may run on CPU " + allowed + " here, and on no other");
        }
        return asked;
    }

    private static int list(Session session, boolean json) throws CommandException {
        Json programs = new DaemonClient(session.home()).fetch("/programs");
        if (json) {
            session.out().println(programs);
            return 0;
        }
        Grid grid = new Grid(
                "ID",
                "PID",
                "STATE",
                "BY",
                "CPUS",
                "WEIGHT",
                "PRIORITY",
                "ASKED",
                "GOT",
                "CPU TIME",
                "LONGEST STOP",
                "NAME");
        for (Json each : programs.at("programs").items()) {
            grid.row(
                    each.at("id").number(0),
                    each.at("pgid").number(0),
                    each.at("state").text("?"),
                    each.at("by").text("?"),
                    each.at("cpus").text("?"),
                    each.at("weight").number(0),
                    each.at("priority").number(0),
                    percent(each.at("share_asked")),
                    percent(each.at("share_got")),
                    String.format(Locale.ROOT, "%.1f s", each.at("cpu_seconds").decimal(0)),
                    String.format(
                            Locale.ROOT,
                            "%.0f ms",
                            1000 * each.at("longest_stop_seconds").decimal(0)),
                    each.at("name").text(""));
        }
        grid.print(session.out(), session.paint());
        String policy = programs.at("policy").text("fair");
        if (!policy.equals("fair")
                && programs.at("programs").items().stream()
                        .anyMatch(each -> each.at("by").text("").equals("cgroup"))) {
            session.err()
                    .println("telos: programs by cgroup are divided by weight alone; the policy " + Paint.line(policy)
                            + " counts for those by stop");
        }
        return 0;
    }

    private static String percent(Json share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share.decimal(0));
    }
}
