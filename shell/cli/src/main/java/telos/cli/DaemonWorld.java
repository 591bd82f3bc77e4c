package telos.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import telos.cli.wire.Json;
import telos.kernel.security.policy.Policy;
import telos.kernel.security.policy.Term;
import telos.plans.Datum;
import telos.plans.Invocation;
import telos.plans.Manual;
import telos.plans.Result;
import telos.plans.Tool;
import telos.plans.World;

/**
 * The daemon's own tools. Each call goes there with the label of every argument; the daemon judges it, writes it down, asks
 * whom it has to ask, and carries it out. What its policy may say is foreseen here, and decided there.
 */
final class DaemonWorld implements World, AutoCloseable {
    /** The most bytes that a call may have. */
    static final int LARGEST_CALL = 1 << 20;

    /** What people are shown of a plan's name; half of what the daemon takes, as some characters count twice. */
    private static final int LONGEST_NAME = 100;

    /** The most characters of one text in a plan. */
    private static final int LONGEST_RESULT = 65_536;

    private final DaemonClient client;
    private final DaemonTools offered;
    private final Path directory;
    private final Optional<Prompt> person;
    private final PrintStream err;
    private @Nullable PlanLease lease;

    private DaemonWorld(
            DaemonClient client, DaemonTools offered, Path directory, Optional<Prompt> person, PrintStream err) {
        this.client = client;
        this.offered = offered;
        this.directory = directory;
        this.person = person;
        this.err = err;
    }

    /** What the daemon offers now; one is started if none runs. */
    static DaemonWorld of(Session session) throws CommandException {
        return of(session, Prompt.besides(session));
    }

    static DaemonWorld of(Session session, Optional<Prompt> person) throws CommandException {
        Home home = session.home();
        new DaemonStart(session, home).ensure(List.of("up", "--idle-exit", "600"));
        DaemonClient client = new DaemonClient(home);
        return new DaemonWorld(
                client, DaemonTools.of(client.fetch("/tools")), session.directory(), person, session.err());
    }

    /**
     * A plan begins; one that had begun before ends.
     *
     * @param name what people call it
     * @throws CommandException if the daemon's policy has changed, or there is no daemon any more
     */
    void begin(String name) throws CommandException {
        close();
        String shown = name.codePoints()
                .limit(LONGEST_NAME)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        lease = PlanLease.begin(
                client,
                Json.object("name", shown, "cwd", directory.toString(), "policy", offered.stamp()),
                this::asked);
    }

    private void asked(Json question) {
        String id = question.at("id").text("");
        if (!id.matches("[0-9]{1,18}")) {
            return;
        }
        if (person.isEmpty()) {
            err.println("question " + id + " waits for you: telos approve " + id + ", or telos deny " + id);
            QuestionText.of(question).forEach(each -> err.println("  " + each));
            return;
        }
        boolean yes = allows(person.get(), id, question);
        try {
            client.send("POST", "/approvals/" + id, Json.object("answer", yes ? "yes" : "no"));
        } catch (CommandException e) {
            err.println("the answer to question " + id + " did not reach the daemon: " + e.getMessage());
        }
    }

    /** Whoever cannot be asked has not said yes; the next question is another one. */
    private boolean allows(Prompt prompt, String id, Json question) {
        try {
            return prompt.allows(question);
        } catch (RuntimeException e) {
            err.println("question " + id + " could not be put to you, so the answer is no: " + e);
            return false;
        }
    }

    @Override
    public SequencedMap<String, Tool> tools() {
        return offered.tools();
    }

    @Override
    public Map<String, Manual> manuals() {
        return offered.manuals();
    }

    @Override
    public Optional<Policy> policy() {
        return Optional.of(offered.policy());
    }

    @Override
    public boolean decides(Tool tool) {
        return offered.tools().containsKey(tool.name());
    }

    /** The daemon judges a path as it leads; where that is, counts as public. */
    @Override
    public Term term(Tool tool, String argument, Datum value) {
        if (!argument.equals("path") || !decides(tool)) {
            return World.super.term(tool, argument, value);
        }
        if (!(value instanceof Datum.Text(String path)) || path.isEmpty() || path.startsWith("~")) {
            return Term.UNKNOWN;
        }
        try {
            return new Term.Text(directory.resolve(path).toRealPath().toString());
        } catch (IOException | InvalidPathException _) {
            return Term.UNKNOWN;
        }
    }

    @Override
    public Result call(Invocation call) {
        PlanLease held = lease;
        if (held == null) {
            return new Result.Lost("the plan has not begun");
        }
        Map<String, Json> given = new LinkedHashMap<>();
        call.arguments().forEach((name, value) -> {
            if (!(value instanceof Datum.Nothing)) {
                given.put(name, PlanFiles.json(value));
            }
        });
        Json request = Json.object(
                "tool", call.tool().name(),
                "arguments", given,
                "context", LabelJson.of(call.context()),
                "labels", LabelJson.of(call.labels()));
        int length = request.toString().getBytes(StandardCharsets.UTF_8).length;
        if (length > LARGEST_CALL) {
            return new Result.Failed("the arguments of " + call.tool().name() + " come to " + length
                    + " bytes with their labels; a call may have " + LARGEST_CALL);
        }
        try {
            return result(call.tool(), client.call(held.id(), request));
        } catch (CommandException e) {
            return lost(call.tool(), String.valueOf(e.getMessage()));
        }
    }

    private static Result lost(Tool tool, String why) {
        return new Result.Lost("nobody can say whether " + tool.name() + " was carried out (telos audit may): " + why);
    }

    private static Result result(Tool tool, Json answer) {
        Json error = answer.at("error");
        if (error.present()) {
            String why = error.at("message").text("the daemon does not say why");
            return error.at("begun").toString().equals("false")
                    ? new Result.Lost(tool.name() + " was not carried out: " + why)
                    : lost(tool, why);
        }
        if (answer.at("denied").present()) {
            return new Result.Denied(answer.at("denied").text(""));
        }
        if (answer.at("failed").present()) {
            return new Result.Failed(answer.at("failed").text(""));
        }
        if (!answer.at("result").present()) {
            return new Result.Lost("the daemon's answer cannot be understood; is it of another version? telos down");
        }
        String text = answer.at("result").text("");
        if (text.length() > LONGEST_RESULT) {
            return new Result.Failed("its result has " + text.length() + " characters; a plan takes " + LONGEST_RESULT);
        }
        return new Result.Value(
                new Datum.Text(text), Optional.of(LabelJson.read(answer.at("label"))), new LinkedHashMap<>());
    }

    /** The plan ends. */
    @Override
    public void close() {
        PlanLease held = lease;
        lease = null;
        if (held != null) {
            held.close();
        }
    }
}
