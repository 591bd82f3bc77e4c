package telos.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import telos.cli.wire.Json;

/** Keeps the steps of a run as they come, for programs that are told what a failed run had done. */
final class RunRecord implements RunView {
    private final List<Json> steps = new ArrayList<>();
    private final PrintStream err;
    private String tool = "";
    private Json arguments = Json.object();

    /** @param err hears of questions: the one object that is printed tells only how they ended */
    RunRecord(PrintStream err) {
        this.err = err;
    }

    @Override
    public Optional<Boolean> asked(Json question) {
        err.println("telos: question " + Paint.line(question.at("id").text("?")) + " waits: telos approvals");
        return Optional.empty();
    }

    @Override
    public void call(String name, Json given) {
        tool = name;
        arguments = given;
    }

    @Override
    public void result(String text, boolean failed) {
        steps.add(Json.object("tool", tool, "arguments", Json.of(arguments.members()), "result", text));
    }

    @Override
    public void text(String delta) {}

    @Override
    public void end(String answer) {}

    /** The object that programs read of a run without an answer; its members and their order are an interface. */
    Json failed(String request, String model, String why) {
        return Json.object("request", request, "model", model, "steps", List.copyOf(steps), "error", why);
    }
}
