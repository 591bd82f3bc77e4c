package telos.cli;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import telos.cli.wire.Json;

/** A conversation at a prompt. A fault ends the answer that it struck, not the conversation. */
final class Chat {
    static final List<String> COMMANDS =
            List.of("/help", "/model", "/models", "/agent", "/mem", "/ps", "/clear", "/exit");
    private static final int REMEMBERED = 20;
    private static final String HELP = """
            /model NAME   use another model: a name, a file or the address of a model server
            /models       the models on this machine
            /agent FILE   follow a file of instructions; without FILE, none
            /mem          the KV blocks
            /ps           the agents that are running
            /clear        forget the conversation
            /exit         leave (so does Ctrl-D)
            Ctrl-C stops an answer. Anything else is a request.
            """;

    private final Session session;
    private final Home home;
    private final ChatLine line;
    private final PrintStream out;
    private final List<Json> history = new ArrayList<>();
    private String model;
    private Instructions instructions;
    private int status;

    Chat(Session session, Home home, ChatLine line, String model, Instructions instructions) {
        this.session = session;
        this.home = home;
        this.line = line;
        this.out = session.out();
        this.model = model;
        this.instructions = instructions;
    }

    /** Goes on until the end of the input; the status is 1 if the last request failed. */
    int run() throws CommandException {
        String serving = new DaemonStart(session, home)
                .ensure(List.of("up", "--idle-exit", "600"))
                .health()
                .at("model")
                .text("");
        if (session.outTerminal()) {
            out.println("Telos, model " + Paint.line(model.isEmpty() ? serving : model)
                    + ". Ask about this machine; /help lists what else there is.");
        }
        while (true) {
            switch (line.read()) {
                case ChatLine.End _ -> {
                    return status;
                }
                case ChatLine.Dropped _ -> out.println("(Ctrl-D leaves)");
                case ChatLine.Line(String text) -> {
                    String typed = text.strip();
                    if (typed.equals("/exit") || typed.equals("/quit")) {
                        return status;
                    }
                    if (!typed.isEmpty()) {
                        take(typed);
                    }
                }
            }
        }
    }

    private void take(String typed) {
        try {
            status = 0;
            if (typed.startsWith("/") && !typed.startsWith("/", 1) && typed.split(" ", 2)[0].indexOf('/', 1) < 0) {
                command(typed);
            } else {
                ask(typed);
            }
        } catch (CommandException e) {
            status = 1;
            session.err().println("telos: " + Paint.clean(String.valueOf(e.getMessage())));
        }
    }

    private void command(String typed) throws CommandException {
        String[] words = typed.split("\\s+", 2);
        String argument = words.length == 2 ? words[1] : "";
        switch (words[0]) {
            case "/help" -> out.print(HELP);
            case "/clear" -> {
                history.clear();
                out.println("the conversation is forgotten");
            }
            case "/model" -> {
                model = ModelArgument.resolve(argument, session);
                out.println("model: " + (model.isEmpty() ? "the daemon's own" : Paint.line(model)));
            }
            case "/agent" -> {
                instructions = argument.isEmpty() ? Instructions.NONE : Instructions.read(argument, session);
                out.println("instructions: " + (instructions.present() ? Paint.line(argument) : "none"));
            }
            case "/models", "/mem", "/ps" -> new Invocation(session).run(words[0].substring(1));
            default -> throw CommandException.usage("unknown command '" + words[0] + "'; /help lists those there are");
        }
    }

    private void ask(String request) throws CommandException {
        Thread self = Thread.currentThread();
        AtomicBoolean stopped = new AtomicBoolean();
        line.onInterrupt(() -> {
            stopped.set(true);
            self.interrupt();
        });
        try {
            new DaemonStart(session, home).ensure(List.of("up", "--idle-exit", "600"));
            RunCommand.Asked asked = new RunCommand.Asked(request, instructions);
            Json body = asked.body(model, session.directory(), List.copyOf(history));
            Json done =
                    Run.start(new DaemonClient(home), body).follow(new RunText(out, session.paint(), Optional.empty()));
            remember(request, done.at("answer").text(""));
        } catch (CommandException e) {
            if (!stopped.get()) {
                throw e;
            }
            out.println("(stopped)");
        } finally {
            line.onInterrupt(() -> {});
            Thread.interrupted();
        }
    }

    private void remember(String request, String answer) {
        history.add(Json.object("role", "user", "text", request));
        history.add(Json.object("role", "assistant", "text", answer));
        while (history.size() > 2 * REMEMBERED) {
            history.removeFirst();
        }
    }
}
