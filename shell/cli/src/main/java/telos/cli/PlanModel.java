package telos.cli;

import java.nio.file.Path;
import java.util.List;
import telos.cli.wire.Json;
import telos.kernel.security.Integrity;
import telos.kernel.security.Label;
import telos.kernel.security.Readers;
import telos.plans.World;
import telos.plans.planner.AskedWorld;
import telos.plans.planner.Model;
import telos.plans.planner.Said;

/**
 * A model of the daemon, in a part that plans need.
 *
 * @param name what the daemon knows it by; its own if empty
 * @param elsewhere whether it runs on another server, so that what it is shown leaves this machine
 */
record PlanModel(String name, boolean elsewhere, Model model) {
    private static final String BUILT_IN = "telos-mini";

    /** The model that a word of the command line names; a daemon is started if none runs. */
    static PlanModel of(String word, Session session) throws CommandException {
        String name = ModelArgument.resolve(word, session);
        Home home = session.home();
        String standard = new DaemonStart(session, home)
                .ensure(List.of("up", "--idle-exit", "600"))
                .health()
                .at("model")
                .text("");
        String shown = name.isEmpty() || name.equals("default") ? standard : name;
        Path file = Path.of(shown.contains("://") ? "" : shown).getFileName();
        if (file != null && (file.toString().equals(BUILT_IN) || file.toString().equals(BUILT_IN + ".gguf"))) {
            throw CommandException.failed(BUILT_IN + " looks after this machine; it can neither write plans nor answer "
                    + "questions about texts. Name a model that follows instructions and writes Python: the path of a "
                    + "GGUF file, or the address of an OpenAI-compatible server, as in "
                    + "--model http://127.0.0.1:11434/v1#NAME");
        }
        return new PlanModel(shown, shown.contains("://"), new DaemonModel(new DaemonClient(home), shown));
    }

    /** A world in which it answers what plans ask; the owner is told on standard error where it cannot. */
    World answering(World world, Session session) {
        return elsewhere
                ? AskedWorld.elsewhere(world, model, why -> tell(why, session))
                : AskedWorld.here(world, model, why -> tell(why, session));
    }

    /**
     * The same world as far as a check needs it: nobody is asked. A daemon's own model that is not known counts as one elsewhere.
     *
     * @param word names the model
     */
    static World checked(World world, String word, Session session) throws CommandException {
        Model none = (_, _, _) -> new Said.Nothing("a check asks nobody");
        String name = ModelArgument.resolve(word, session);
        boolean own = name.isEmpty() || name.equals("default");
        String known = own && new DaemonClient(session.home()).presence() instanceof DaemonClient.Ready(Json health)
                ? health.at("model").text("")
                : name;
        return known.contains("://") || known.isEmpty() || known.equals("default")
                ? AskedWorld.elsewhere(world, none, _ -> {})
                : AskedWorld.here(world, none, _ -> {});
    }

    private static void tell(String why, Session session) {
        session.err().println("telos: " + Paint.line(why));
    }

    /** What it may be told when it plans: nothing untrusted, and elsewhere only what everybody may know. */
    Label reader(String user) {
        return Label.of(Integrity.TRUSTED, elsewhere || user.isEmpty() ? Readers.EVERYONE : Readers.of(user));
    }
}
