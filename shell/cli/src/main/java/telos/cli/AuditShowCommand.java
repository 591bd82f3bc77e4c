package telos.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import telos.cli.wire.Json;
import telos.plans.flows.Flow;
import telos.plans.flows.FlowGraph;

/** {@code telos audit show}: why a decision fell, and where what it looked at came from. */
final class AuditShowCommand implements Command {
    private static final String NOBODY = "the person's own words";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                "show",
                "Explain a record: who wanted what, which rule decided, the labels of every argument and their sources, and "
                        + "the calls before it that they came from.",
                "telos audit show 17",
                "telos audit show 17 --json",
                "telos audit show 17 --svg flow.svg");
        spec.addOption(Syntax.flag("Print one JSON object, with the records before it.", "--json"));
        spec.addOption(Syntax.text("FILE", "Draw it: sources left, sinks right, what was denied in red.", "--svg"));
        spec.addPositional(Syntax.operands("1", "ID", "The number of a record, as telos audit shows it."));
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Session session) throws CommandException {
        long id = number(Syntax.words(arguments)[0]);
        AuditRecords records = new AuditRecords(session);
        AuditRecords.Entry entry = records.byId(List.of(id)).get(id);
        if (entry == null) {
            throw CommandException.failed("there is no record " + id + "; telos audit lists those there are");
        }
        List<AuditRecords.Entry> before = new ArrayList<>();
        Map<Long, AuditRecords.Entry> found = records.byId(entry.after());
        entry.after().stream().map(found::get).filter(Objects::nonNull).forEach(before::add);
        String svg = Syntax.text(arguments, "--svg");
        if (!svg.isEmpty()) {
            draw(entry, before, session.file(svg));
        }
        if (Syntax.given(arguments, "--json")) {
            session.out()
                    .println(Json.object(
                            "record",
                            entry.numbered(),
                            "before",
                            before.stream().map(AuditRecords.Entry::numbered).toList()));
        } else {
            text(entry, before).forEach(each -> session.out().println(Paint.line(each)));
        }
        return 0;
    }

    private static long number(String word) throws CommandException {
        try {
            return Long.parseLong(word);
        } catch (NumberFormatException _) {
            throw CommandException.usage("expected the number of a record, such as 17, found '" + word + "'");
        }
    }

    private static List<String> text(AuditRecords.Entry entry, List<AuditRecords.Entry> before) {
        List<String> lines = new ArrayList<>();
        lines.add("record " + entry.id() + ": " + entry.text("verdict"));
        line(lines, "when", entry.text("time"));
        if (entry.effect()) {
            line(lines, "who", entry.text("agent") + ", " + entry.text("name"));
            line(lines, "what", entry.text("tool"));
        }
        line(lines, "why", entry.text("reason"));
        line(lines, "rule", entry.text("rule"));
        line(lines, "policy", entry.text("policy"));
        line(lines, "question", entry.text("question"));
        line(lines, "answer", entry.text("answer"));
        line(lines, "approval", entry.text("approval"));
        if (entry.effect()) {
            line(lines, "decided", "by what is " + LabelText.of(entry.json().at("call")));
            for (Json each : entry.json().at("arguments").items()) {
                line(lines, "with", each.at("name").text("?") + ": " + LabelText.of(each.at("label")));
            }
        }
        if (!before.isEmpty()) {
            lines.add("it knew what came of");
            for (AuditRecords.Entry each : before) {
                lines.add("  record " + each.id() + ", " + each.text("tool") + ": "
                        + LabelText.brief(each.json().at("result")));
            }
        }
        return lines;
    }

    private static void line(List<String> lines, String name, String text) {
        if (!text.isEmpty()) {
            lines.add("  " + name + " ".repeat(Math.max(1, 10 - name.length())) + text);
        }
    }

    private static void draw(AuditRecords.Entry entry, List<AuditRecords.Entry> before, Path file)
            throws CommandException {
        if (!entry.effect()) {
            throw CommandException.failed("record " + entry.id() + " is about no effect, so nothing flowed");
        }
        List<Flow> flows = new ArrayList<>();
        before.forEach(each -> flows(flows, each, false));
        boolean denied = entry.text("verdict").equals("denied");
        flows(flows, entry, denied);
        String graph = FlowGraph.of(flows, denied ? entry.text("reason") : "").svg();
        try {
            Files.writeString(file, graph);
        } catch (IOException e) {
            throw CommandException.failed("cannot write " + file + ": " + Home.reason(e));
        }
    }

    private static void flows(List<Flow> flows, AuditRecords.Entry entry, boolean denied) {
        flows(flows, entry, "call", entry.json().at("call"), denied);
        for (Json each : entry.json().at("arguments").items()) {
            flows(flows, entry, each.at("name").text("?"), each.at("label"), denied);
        }
    }

    private static void flows(List<Flow> flows, AuditRecords.Entry entry, String argument, Json label, boolean denied) {
        List<Json> sources = label.at("sources").items();
        String words = LabelText.brief(label);
        if (sources.isEmpty()) {
            flows.add(new Flow(NOBODY, entry.text("tool"), argument, words, false));
        }
        for (Json each : sources) {
            flows.add(new Flow(each.text("?"), entry.text("tool"), argument, words, denied));
        }
    }
}
