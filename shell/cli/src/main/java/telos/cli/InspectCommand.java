package telos.cli;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import telos.cli.wire.Json;
import telos.server.ModelFileException;
import telos.server.ModelFiles;
import telos.server.ModelReport;

/** {@code telos model inspect}: what a model file holds. */
final class InspectCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                "inspect",
                "Show what a GGUF file holds, and whether Telos can run it here.",
                "telos model inspect models/telos-mini.gguf",
                "telos model inspect model.gguf --json");
        spec.addOption(Syntax.flag("Print one JSON object, with all metadata.", "--json"));
        spec.addPositional(Syntax.operands("1", "FILE", "The file, or the name of a model that telos models lists."));
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Session session) throws CommandException {
        String name = Syntax.words(arguments)[0];
        try {
            ModelReport report = ModelFiles.inspect(file(name, session));
            if (Syntax.given(arguments, "--json")) {
                session.out().println(json(report));
            } else {
                print(report, session.out());
            }
            return 0;
        } catch (ModelFileException e) {
            throw CommandException.failed(String.valueOf(e.getMessage()));
        }
    }

    private static Path file(String name, Session session) throws CommandException {
        Path file = session.file(name);
        if (Files.exists(file)) {
            return file;
        }
        return new ModelFiles(session.environment(), session.home().folder())
                .find(name)
                .orElse(file);
    }

    private static Json json(ModelReport report) {
        return Json.object(
                "path", report.path().toString(),
                "name", report.name(),
                "architecture", report.architecture(),
                "bytes", report.bytes(),
                "parameters", report.parameters(),
                "types",
                        report.types().stream()
                                .map(each -> Json.object(
                                        "type", each.name(),
                                        "tensors", each.tensors(),
                                        "weights", each.weights(),
                                        "bytes", each.bytes()))
                                .toList(),
                "shape", report.shape().map(InspectCommand::json).orElse(Json.of(null)),
                "memory_bytes", report.memory(),
                "runs", report.runs(),
                "fits", report.fits(),
                "why", report.unusable(),
                "tokenizer", report.tokenizer(),
                "chat_template", report.chatTemplate(),
                "metadata", report.metadata());
    }

    private static Json json(ModelReport.Shape shape) {
        return Json.object(
                "vocabulary", shape.vocabulary(),
                "context", shape.context(),
                "layers", shape.layers(),
                "embedding", shape.embedding(),
                "heads", shape.heads(),
                "kv_heads", shape.kvHeads(),
                "head_dim", shape.headDim(),
                "feed_forward", shape.feedForward());
    }

    private static void print(ModelReport report, PrintStream out) {
        line(out, "file", report.path() + " (" + Bytes.show(report.bytes()) + ")");
        line(out, "name", report.name());
        line(out, "architecture", report.architecture());
        line(out, "parameters", Bytes.count(report.parameters()));
        line(
                out,
                "stored as",
                report.types().stream()
                        .map(each ->
                                each.name() + " " + Bytes.show(each.bytes()) + " in " + each.tensors() + " tensors")
                        .collect(Collectors.joining(", ")));
        ModelReport.@Nullable Shape shape = report.shape().orElse(null);
        if (shape != null) {
            line(
                    out,
                    "shape",
                    shape.layers() + " layers, width " + shape.embedding() + ", " + shape.heads() + " heads of "
                            + shape.headDim() + " over " + shape.kvHeads() + " KV heads, feed-forward "
                            + shape.feedForward());
            line(out, "context", shape.context() + " tokens");
            line(out, "vocabulary", shape.vocabulary() + " tokens (" + report.tokenizer() + ")");
        }
        line(out, "chat", report.chatTemplate() ? "has a chat template" : "has no chat template");
        if (report.runs()) {
            line(out, "memory", Bytes.show(report.memory()) + " with its whole context");
        }
        line(out, "runs here", report.runs() && report.fits() ? "yes" : "no: " + report.unusable());
    }

    private static void line(PrintStream out, String name, String text) {
        out.println(String.format("%-14s", name + ":") + Paint.line(text));
    }
}
