package telos.cli;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import telos.cli.DaemonClient.Ready;
import telos.cli.wire.Json;
import telos.server.ModelFiles;
import telos.server.ModelListing;

/** {@code telos models}: the model files on this machine, and whether each fits. */
final class ModelsCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                "models",
                "List the models: the built-in one, those in $TELOS_HOME/models, and the GGUF files that Ollama, LM Studio "
                        + "and Hugging Face keep here.",
                "telos models",
                "telos models --json");
        spec.addOption(Syntax.flag("Print one JSON object.", "--json"));
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Session session) throws CommandException {
        Home home = session.home();
        List<ModelListing> models = new ModelFiles(session.environment(), home.folder()).list();
        Set<String> loaded = loaded(home);
        if (Syntax.given(arguments, "--json")) {
            session.out()
                    .println(Json.object(
                            "models",
                            models.stream().map(each -> json(each, loaded)).toList()));
            return 0;
        }
        if (models.isEmpty()) {
            session.out().println("no model file was found; put GGUF files into " + home.models());
            return 0;
        }
        Grid grid = new Grid("NAME", "SIZE", "PARAMETERS", "SOURCE", "FITS");
        for (ModelListing each : models) {
            grid.row(
                    each.name() + (isLoaded(each, loaded) ? " *" : ""),
                    Bytes.show(each.bytes()),
                    Bytes.count(each.parameters()),
                    each.source(),
                    each.fits() ? "yes" : "no");
        }
        grid.print(session.out(), session.paint());
        for (ModelListing each : models) {
            if (!each.why().isEmpty()) {
                session.out().println(session.paint().faint(Paint.line(each.name() + ": " + each.why())));
            }
        }
        if (!loaded.isEmpty()) {
            session.out().println(session.paint().faint("* loaded"));
        }
        return 0;
    }

    private static Json json(ModelListing model, Set<String> loaded) {
        return Json.object(
                "name", model.name(),
                "path", model.path().toString(),
                "source", model.source(),
                "architecture", model.architecture(),
                "parameters", model.parameters(),
                "bytes", model.bytes(),
                "loaded", isLoaded(model, loaded),
                "runs", model.runs(),
                "fits", model.fits(),
                "why", model.why());
    }

    private static boolean isLoaded(ModelListing model, Set<String> loaded) {
        return loaded.contains(model.name()) || loaded.contains(model.path().toString());
    }

    /** Names and paths of what a daemon is serving; nothing when none runs. */
    private static Set<String> loaded(Home home) throws CommandException {
        Set<String> loaded = new HashSet<>();
        DaemonClient client = new DaemonClient(home);
        if (client.presence() instanceof Ready) {
            for (Json each : client.fetch("/models").at("models").items()) {
                loaded.add(each.at("name").text(""));
                loaded.add(each.at("path").text(""));
            }
            loaded.remove("");
        }
        return loaded;
    }
}
