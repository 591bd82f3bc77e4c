package telos.cli;

import java.util.ArrayList;
import java.util.List;
import telos.cli.wire.Json;

/** Keeps the steps of a run as they come, for programs that are told what a failed run had done. */
final class RunRecord implements RunView {
    private final List<Json> steps = new ArrayList<>();
    private String tool = "";
    private Json arguments = Json.object();

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
