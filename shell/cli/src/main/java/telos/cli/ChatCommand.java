package telos.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** {@code telos chat}: one request after another, each with the conversation before it. */
final class ChatCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                "chat",
                "Ask one thing after another. Ctrl-C stops an answer, Ctrl-D leaves; /help lists what else there is.",
                "telos chat",
                "telos chat --model telos-mini",
                "echo \"what is the load?\" | telos chat");
        spec.addOption(Syntax.text("NAME|PATH|URL", "The model to use.", "--model", "-m"));
        spec.addOption(Syntax.text("FILE", "A file of instructions (Markdown with a YAML head).", "--agent", "-a"));
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Session session) throws CommandException {
        String model = ModelArgument.resolve(Syntax.text(arguments, "--model"), session);
        String agent = Syntax.text(arguments, "--agent");
        Instructions instructions = agent.isEmpty() ? Instructions.NONE : Instructions.read(agent, session);
        Home home = session.home();
        home.prepare();
        try (ChatLine line = ChatLine.open(session, home)) {
            return new Chat(session, home, line, model, instructions).run();
        }
    }
}
