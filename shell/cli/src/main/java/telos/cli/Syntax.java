package telos.cli;

import java.util.Arrays;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/** Builds picocli's model by its programmatic interface, which needs no reflection and so starts quickly. */
final class Syntax {
    private Syntax() {}

    /** A command with a one-line description and at least one example. */
    static CommandSpec command(String name, String description, String... examples) {
        CommandSpec spec = CommandSpec.create().name(name);
        spec.usageMessage()
                .description(description)
                .footerHeading(examples.length == 1 ? "%nExample:%n" : "%nExamples:%n")
                .footer(Arrays.stream(examples).map(example -> "  " + example).toArray(String[]::new))
                .width(100);
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .type(boolean.class)
                .description("Show this help.")
                .build());
        return spec;
    }

    static OptionSpec flag(String description, String... names) {
        return OptionSpec.builder(names[0], Arrays.copyOfRange(names, 1, names.length))
                .type(boolean.class)
                .description(description)
                .build();
    }

    static OptionSpec text(String label, String description, String... names) {
        return value(String.class, label, description, names).build();
    }

    /** An option that may be given more than once; see {@link #texts(ParseResult, String)}. */
    static OptionSpec texts(String label, String description, String... names) {
        return value(String[].class, label, description, names).build();
    }

    static OptionSpec number(String label, String description, String... names) {
        return value(Long.class, label, description, names).build();
    }

    /** An option that one part of the program gives to another; the help leaves it out. */
    static OptionSpec hidden(Class<?> type, String name) {
        return OptionSpec.builder(name).type(type).hidden(true).build();
    }

    private static OptionSpec.Builder value(Class<?> type, String label, String description, String... names) {
        return OptionSpec.builder(names[0], Arrays.copyOfRange(names, 1, names.length))
                .type(type)
                .paramLabel(label)
                .description(description);
    }

    /** One or more words at the end of the command line; see {@link #words}. */
    static PositionalParamSpec operands(String arity, String label, String description) {
        return PositionalParamSpec.builder()
                .index("0..*")
                .arity(arity)
                .required(!arity.startsWith("0"))
                .type(String[].class)
                .paramLabel(label)
                .description(description)
                .build();
    }

    static String[] words(ParseResult arguments) {
        return arguments.matchedPositionalValue(0, new String[0]);
    }

    static boolean given(ParseResult arguments, String option) {
        return arguments.hasMatchedOption(option);
    }

    static String[] texts(ParseResult arguments, String option) {
        return arguments.matchedOptionValue(option, new String[0]);
    }

    static String text(ParseResult arguments, String option) {
        return arguments.matchedOptionValue(option, "");
    }

    /**
     * The number given with an option.
     *
     * @throws CommandException if it is outside the range
     */
    static long number(ParseResult arguments, String option, long otherwise, long least, long most)
            throws CommandException {
        long value = arguments.matchedOptionValue(option, otherwise);
        if (arguments.hasMatchedOption(option) && (value < least || value > most)) {
            throw CommandException.usage(option + " must be " + least + " to " + most + ", was " + value);
        }
        return value;
    }
}
