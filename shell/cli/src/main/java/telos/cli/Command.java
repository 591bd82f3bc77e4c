package telos.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/** One command of the program. */
interface Command {
    /** Options, arguments, description and examples; without the options that every command has. */
    CommandSpec spec();

    /** Commands below this one, in the order of the help. */
    default List<Command> below() {
        return List.of();
    }

    /** Whether everything from the first word on is a word, even where it looks like an option. */
    default boolean endsWithWords() {
        return false;
    }

    /** Whether it can be carried out without one of those below it. */
    default boolean standsAlone() {
        return below().isEmpty();
    }

    /**
     * Carries the command out.
     *
     * @return the exit status
     * @throws CommandException if it cannot be done, with the message for the person who asked
     */
    int run(ParseResult arguments, Session session) throws CommandException;
}
