package telos.cli;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import telos.cli.wire.Json;
import telos.cli.wire.ProtocolException;
import telos.kernel.security.Integrity;
import telos.kernel.security.Label;
import telos.kernel.security.Readers;
import telos.kernel.security.policy.Explanation;
import telos.kernel.security.policy.KnownCall;
import telos.kernel.security.policy.Outcomes;
import telos.kernel.security.policy.Policy;
import telos.kernel.security.policy.Term;
import telos.plans.policy.Known;

/** {@code telos policy explain}: what a policy says of one call, rule by rule, to a certain reader. */
final class PolicyExplainCommand implements Command {
    private static final int NOT_PERMITTED = 3;
    private static final String CALL = "call";
    private static final String LABELS_EXAMPLE =
            "--labels '{\"body\": {\"integrity\": \"trusted\", \"readers\": [\"alice\"]}}'";

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                "explain",
                "Tell why a call would be permitted, denied or asked about, rule by rule. A value that the reader may not "
                        + "read is named by its label alone, and what depends on it is not told. Exit status: 0 permitted, 3 "
                        + "denied, asked about or not to be told, 1 the policy cannot be read, 2 the command is faulty.",
                "telos policy explain mail.policy --tool send --args '{\"to\": \"bob\", \"body\": \"hi\"}' "
                        + LABELS_EXAMPLE + " --reader alice");
        spec.addOption(Syntax.text("FILE", "The tools that there are, to check the call's names.", "--world"));
        spec.addOption(Syntax.text("NAME", "The tool that is called.", "--tool"));
        spec.addOption(Syntax.text("JSON", "Its arguments, an object.", "--args"));
        spec.addOption(Syntax.text(
                "JSON",
                "The labels of arguments, and under 'call' of what decided that the call happens; without one a value is "
                        + "the user's own and everyone may read it.",
                "--labels"));
        spec.addOption(
                Syntax.text("NAME", "Who asks; without a name, somebody who may read what everyone may.", "--reader"));
        spec.addOption(Syntax.flag("Print one JSON object.", "--json"));
        spec.addPositional(Syntax.operands("0..1", "POLICY", "A file with a policy."));
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Session session) throws CommandException {
        PolicyFiles file =
                PolicyFiles.of(arguments, session, "telos policy explain mail.policy --tool send --args '{}'");
        KnownCall call = call(arguments);
        if (!Syntax.text(arguments, "--world").isEmpty()) {
            known(call, PolicyFiles.tools(arguments, session));
        }
        String name = Syntax.text(arguments, "--reader");
        Readers reader = name.isEmpty() || name.equals("*") ? Readers.EVERYONE : Readers.of(name);
        Policy policy = file.text().policy(List.of(call.tool()));
        Explanation told = Explanation.of(policy, call, policy.tally(), reader);
        if (Syntax.given(arguments, "--json")) {
            session.out().println(json(told));
        } else {
            text(told).forEach(each -> session.out().println(Paint.line(each)));
        }
        return told.outcome().equals(Optional.of(Outcomes.Kind.PERMIT)) ? 0 : NOT_PERMITTED;
    }

    private static void known(KnownCall call, List<Known> tools) throws CommandException {
        Known tool = tools.stream()
                .filter(each -> each.name().equals(call.tool()))
                .findFirst()
                .orElseThrow(() -> CommandException.usage("the world has no tool '" + call.tool() + "'; it has "
                        + String.join(", ", tools.stream().map(Known::name).toList())));
        for (String each : call.arguments()) {
            if (!tool.arguments().contains(each)) {
                throw CommandException.usage("'" + tool.name() + "' has no argument '" + each + "'; it has "
                        + String.join(", ", tool.arguments()));
            }
        }
    }

    private static KnownCall call(ParseResult arguments) throws CommandException {
        String tool = Syntax.text(arguments, "--tool");
        if (tool.isEmpty()) {
            throw CommandException.usage("say which tool is called: --tool send");
        }
        Json args = object(arguments, "--args", "--args '{\"to\": \"bob\"}'");
        Json labels = object(arguments, "--labels", LABELS_EXAMPLE);
        for (String each : labels.members().keySet()) {
            if (!each.equals(CALL) && !args.members().containsKey(each)) {
                throw CommandException.usage("--labels: there is no argument '" + each + "' in --args");
            }
        }
        SequencedMap<String, KnownCall.Argument> given = new LinkedHashMap<>();
        for (Map.Entry<String, Json> each : args.members().entrySet()) {
            given.put(
                    each.getKey(),
                    new KnownCall.Argument(term(each.getValue()), label(each.getKey(), labels.at(each.getKey()))));
        }
        return new KnownCall(tool, label(CALL, labels.at(CALL)), given);
    }

    private static Json object(ParseResult arguments, String option, String example) throws CommandException {
        String text = Syntax.text(arguments, option);
        if (text.isEmpty()) {
            return Json.object();
        }
        try {
            Json json = Json.parse(text);
            if (json.isObject()) {
                return json;
            }
        } catch (ProtocolException e) {
            throw CommandException.usage(option + ": " + e.getMessage() + "; for example " + example);
        }
        throw CommandException.usage(option + " takes an object, such as " + example);
    }

    private static Term term(Json value) {
        if (!value.present()) {
            return Term.NOTHING;
        }
        if (value.isObject()) {
            return Term.OTHER;
        }
        String text = value.toString();
        if (text.startsWith("[")) {
            return new Term.Items(
                    value.items().stream().map(PolicyExplainCommand::term).toList());
        }
        if (text.startsWith("\"")) {
            return new Term.Text(value.text(""));
        }
        return text.equals("true") || text.equals("false")
                ? new Term.Truth(value.flag())
                : new Term.Quantity(new BigDecimal(text));
    }

    private static Label label(String of, Json label) throws CommandException {
        if (!label.present()) {
            return Label.BOTTOM;
        }
        for (String each : label.members().keySet()) {
            if (!each.equals("integrity") && !each.equals("readers")) {
                throw CommandException.usage("--labels: a label has 'integrity' and 'readers', not '" + each + "'");
            }
        }
        try {
            List<String> readers = label.at("readers").items().stream()
                    .map(each -> each.text(""))
                    .toList();
            return Label.of(
                    Integrity.named(label.at("integrity").text("untrusted")),
                    readers.contains("*") || label.at("readers").text("").equals("*")
                            ? Readers.EVERYONE
                            : Readers.of(readers));
        } catch (IllegalArgumentException e) {
            throw CommandException.usage("--labels: " + of + ": " + e.getMessage());
        }
    }

    private static String word(Optional<Outcomes.Kind> outcome) {
        return outcome.map(each -> each.name().toLowerCase(Locale.ROOT)).orElse("not to be told");
    }

    private static String word(Explanation.State state) {
        return state.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static List<String> text(Explanation told) {
        List<String> lines = new ArrayList<>();
        lines.add(told.tool() + ": " + word(told.outcome())
                + (told.dependsOn().isEmpty()
                        ? ""
                        : "; it depends on what you may not read: " + String.join(", ", told.dependsOn())));
        lines.add("  decided by (" + told.context() + ")");
        for (Explanation.Shown each : told.arguments()) {
            lines.add("  " + each.name() + " = "
                    + each.value()
                            .map(PolicyExplainCommand::json)
                            .map(Json::toString)
                            .orElse("…") + " (" + each.label() + ")");
        }
        for (Explanation.Step each : told.steps()) {
            lines.add("  " + each.place() + ": " + each.what() + " " + word(each.state()) + ": " + each.why());
        }
        if (told.steps().isEmpty()) {
            lines.add("  no rule is for this tool");
        }
        return lines;
    }

    private static Json json(Explanation told) {
        List<Json> arguments = new ArrayList<>();
        for (Explanation.Shown each : told.arguments()) {
            arguments.add(
                    each.value().isPresent()
                            ? Json.object(
                                    "name",
                                    each.name(),
                                    "label",
                                    each.label().toString(),
                                    "value",
                                    json(each.value().get()))
                            : Json.object(
                                    "name", each.name(), "label", each.label().toString()));
        }
        List<Json> steps = new ArrayList<>();
        for (Explanation.Step each : told.steps()) {
            steps.add(Json.object(
                    "what", each.what(),
                    "line", each.place().line(),
                    "column", each.place().column(),
                    "state", word(each.state()),
                    "why", each.why()));
        }
        return Json.object(
                "tool", told.tool(),
                "outcome",
                        told.outcome()
                                .map(each -> each.name().toLowerCase(Locale.ROOT))
                                .orElse(null),
                "depends_on", told.dependsOn(),
                "call", told.context().toString(),
                "arguments", arguments,
                "steps", steps);
    }

    private static Json json(Term term) {
        return switch (term) {
            case Term.Text(String text) -> Json.of(text);
            case Term.Quantity(BigDecimal number) -> Json.of(number);
            case Term.Truth(boolean truth) -> Json.of(truth);
            case Term.Items(List<Term> values) ->
                Json.of(values.stream().map(PolicyExplainCommand::json).toList());
            case Term.Nothing _ -> Json.of(null);
            case Term.Other _, Term.Unknown _ -> Json.of("an object");
        };
    }
}
