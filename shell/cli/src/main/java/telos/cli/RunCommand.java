package telos.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import telos.cli.wire.Json;

/** {@code telos run}: one request, its steps and its answer. */
final class RunCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                "run",
                "Answer a request about this machine and its files, showing each step. "
                        + "Starts the daemon if none runs; it leaves after ten idle minutes.",
                "telos run \"which process uses the most memory?\"",
                "telos run \"how full is the disk under /var?\" --json",
                "telos run disk-watch.md \"what fills the disk?\"",
                "telos run --model http://127.0.0.1:11434/v1#llama3.2 \"what is the load?\"");
        spec.addOption(Syntax.text("NAME|PATH|URL", "The model to use.", "--model", "-m"));
        spec.addOption(Syntax.text("FILE", "A file of instructions (Markdown with a YAML head).", "--agent", "-a"));
        spec.addOption(Syntax.flag(
                "Print one JSON object at the end and nothing else; it has 'error' where there is no answer.",
                "--json"));
        spec.addPositional(Syntax.operands(
                "0..*",
                "REQUEST",
                "What to find out, and before or after it the name of a file of instructions that ends in .md. "
                        + "Such a file alone is run as it stands."));
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Session session) throws CommandException {
        Asked asked = asked(Syntax.words(arguments), Syntax.text(arguments, "--agent"), session);
        String model = ModelArgument.resolve(Syntax.text(arguments, "--model"), session);
        if (!Syntax.given(arguments, "--json")) {
            follow(asked, model, session, new RunText(session.out(), session.paint(), Prompt.of(session)));
            return 0;
        }
        RunRecord view = new RunRecord(session.err());
        try {
            session.out().println(report(asked.request, follow(asked, model, session, view)));
            return 0;
        } catch (CommandException e) {
            session.out().println(view.failed(asked.request, model, String.valueOf(e.getMessage())));
            throw e;
        }
    }

    private static Json follow(Asked asked, String model, Session session, RunView view) throws CommandException {
        Home home = session.home();
        new DaemonStart(session, home).ensure(List.of("up", "--idle-exit", "600"));
        Json request = asked.body(model, session.directory(), List.of());
        return Run.start(new DaemonClient(home), request).follow(view);
    }

    /** The object that programs read; its members and their order are an interface. */
    private static Json report(String request, Json done) {
        return Json.object(
                "request", done.at("request").text(request),
                "model", done.at("model").text(""),
                "steps",
                        done.at("steps").items().stream()
                                .map(step -> Json.object(
                                        "tool", step.at("tool"),
                                        "arguments",
                                                Json.of(step.at("arguments").members()),
                                        "result", step.at("result").text("")))
                                .toList(),
                "answer", done.at("answer").text(""),
                "seconds", done.at("seconds").decimal(0));
    }

    /** What was asked, and by which instructions it is to be done. */
    record Asked(String request, Instructions instructions) {
        /** The body of the run. */
        Json body(String model, Path directory, List<Json> history) {
            List<@Nullable Object> members = new ArrayList<>();
            Collections.addAll(members, "request", request, "cwd", directory.toString(), "model", model);
            if (instructions.present()) {
                Collections.addAll(members, "agent", instructions.text(), "agent_name", instructions.name());
            }
            Collections.addAll(members, "history", history);
            return Json.object(members.toArray());
        }
    }

    /** Tells request and file of instructions apart. */
    static Asked asked(String[] words, String agentFile, Session session) throws CommandException {
        List<String> rest = List.of(words);
        String file = agentFile;
        if (file.isEmpty() && (words.length == 1 || words.length == 2)) {
            int at = namesInstructions(words[words.length - 1]) ? words.length - 1 : 0;
            if (namesInstructions(words[at])) {
                file = words[at];
                rest = words.length == 2 ? List.of(words[1 - at]) : List.of();
            }
        }
        Instructions instructions = file.isEmpty() ? Instructions.NONE : Instructions.read(file, session);
        String request = String.join(" ", rest).strip();
        if (request.isEmpty() && instructions.present()) {
            request = instructions.body();
        }
        if (request.isEmpty()) {
            throw CommandException.usage(
                    "the request is empty; for example: telos run \"which process uses the most memory?\"");
        }
        return new Asked(request, instructions);
    }

    private static boolean namesInstructions(String word) {
        return word.endsWith(".md") && !word.contains(" ");
    }
}
