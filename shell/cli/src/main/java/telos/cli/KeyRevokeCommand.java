package telos.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import telos.cli.wire.Json;

/** {@code telos key revoke}: ends keys, at once and for good. */
final class KeyRevokeCommand implements Command {
    @Override
    public CommandSpec spec() {
        CommandSpec spec =
                Syntax.command("revoke", "End an API key at once, by its id or name.", "telos key revoke alice");
        spec.addPositional(Syntax.operands("1..*", "ID|NAME", "Which key, as telos key ls shows it."));
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Session session) throws CommandException {
        Keys keys = new Keys(session.home());
        for (String each : Syntax.words(arguments)) {
            Json revoked = keys.revoke(each);
            session.out()
                    .println("the key " + Paint.line(revoked.at("id").text("?")) + " of "
                            + Paint.line(revoked.at("name").text("?")) + " is revoked");
        }
        return 0;
    }
}
