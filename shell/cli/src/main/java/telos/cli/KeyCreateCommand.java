package telos.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import telos.cli.wire.Json;

/** {@code telos key create}: makes a key and shows it, once. */
final class KeyCreateCommand implements Command {
    private static final int MOST = 100_000_000;
    private static final Pattern PER_MINUTE = Pattern.compile("(\\d{1,9})(/min|/m)?");

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                "create",
                "Make an API key. It is shown once; what is kept is its hash.",
                "telos key create alice",
                "telos key create ci --rate 60/min --tokens 100000/min --concurrency 4 --blocks 512 --expires 90d");
        spec.addOption(Syntax.text("N/min", "How many requests it may start in a minute (no bound).", "--rate"));
        spec.addOption(Syntax.text(
                "N/min", "How many tokens of prompts and answers it may use in a minute (no bound).", "--tokens"));
        spec.addOption(Syntax.number("N", "How many requests it may have at once (no bound).", "--concurrency"));
        spec.addOption(Syntax.number(
                "N", "How many blocks of KV memory its requests may need at once (no bound).", "--blocks"));
        spec.addOption(Syntax.text(
                "WHEN", "When it ends: a span such as 90d or 12h, or a day such as 2030-01-31 (never).", "--expires"));
        spec.addOption(Syntax.number(
                "N", "Its part of the service in proportion to other keys' (100), 1 to 10000.", "--weight"));
        spec.addOption(Syntax.flag("Its requests may ask for a priority or a deadline.", "--may-set-priority"));
        spec.addOption(Syntax.flag("Print one JSON object.", "--json"));
        spec.addPositional(Syntax.operands("1", "NAME", "Whose key it is."));
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Session session) throws CommandException {
        String[] names = Syntax.words(arguments);
        if (names.length != 1) {
            throw CommandException.usage("expected one name, found " + names.length);
        }
        Json made = new Keys(session.home())
                .make(Json.object(
                        "name",
                        names[0],
                        "rate",
                        perMinute(arguments, "--rate"),
                        "tokens",
                        perMinute(arguments, "--tokens"),
                        "concurrency",
                        Syntax.number(arguments, "--concurrency", 0, 1, MOST),
                        "blocks",
                        Syntax.number(arguments, "--blocks", 0, 1, MOST),
                        "weight",
                        Syntax.number(arguments, "--weight", 100, 1, 10_000),
                        "may_set_priority",
                        Syntax.given(arguments, "--may-set-priority"),
                        "expires",
                        Syntax.text(arguments, "--expires")));
        if (Syntax.given(arguments, "--json")) {
            session.out().println(made);
            return 0;
        }
        session.out().println(made.at("key").text(""));
        session.err()
                .println("telos: this is the key of "
                        + Paint.line(made.at("name").text("?")) + "; keep it, it cannot be shown again");
        return 0;
    }

    private static long perMinute(ParseResult arguments, String option) throws CommandException {
        String given = Syntax.text(arguments, option);
        if (given.isEmpty()) {
            return 0;
        }
        Matcher matcher = PER_MINUTE.matcher(given);
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) < 1 || Long.parseLong(matcher.group(1)) > MOST) {
            throw CommandException.usage(
                    option + " must be 1/min to " + MOST + "/min, such as 60/min, was '" + given + "'");
        }
        return Long.parseLong(matcher.group(1));
    }
}
