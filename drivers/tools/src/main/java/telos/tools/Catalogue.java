package telos.tools;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import telos.kernel.ToolSpec;
import telos.tools.Parameter.Choice;
import telos.tools.Parameter.Text;
import telos.tools.Parameter.Whole;

/** The tools there are. Their names, parameters, order, bounds and defaults are what the built-in model has learned. */
public final class Catalogue {
    private static final String HERE = ".";
    private static final int NO_MAXIMUM = Integer.MAX_VALUE;

    static final List<Definition> TOOLS = List.of(
            tool(
                    "processes",
                    "Lists the processes that use the most memory or CPU.",
                    new Choice("sort", "What to sort by.", List.of("memory", "cpu")),
                    Whole.withDefault("limit", 1, 50, 5, "How many to list."),
                    Text.optional("name", "Only processes whose name contains this.")),
            tool(
                    "process",
                    "Shows one process by its number.",
                    new Whole("pid", "The process's number.", true, 1, NO_MAXIMUM, OptionalInt.empty())),
            tool("memory", "Shows how much RAM and swap is used and free."),
            tool("load", "Shows load averages, CPUs, pressure and uptime."),
            tool(
                    "disk",
                    "Shows how full the file system is that holds a path.",
                    Text.withDefault("path", "/", "Any path on the file system.")),
            tool(
                    "largest",
                    "Lists the largest files under a folder.",
                    Text.withDefault("path", HERE, "The folder."),
                    Whole.withDefault("limit", 1, 50, 5, "How many to list.")),
            tool(
                    "find",
                    "Finds files and folders by name.",
                    Text.required("name", "A name, or a pattern such as *.java."),
                    Text.withDefault("path", HERE, "The folder to look in."),
                    Whole.withDefault("limit", 1, 100, 20, "How many to list.")),
            tool(
                    "head",
                    "Shows the first lines of a text file.",
                    Text.required("path", "The file."),
                    Whole.withDefault("lines", 1, 200, 10, "How many lines.")),
            tool(
                    "tail",
                    "Shows the last lines of a text file.",
                    Text.required("path", "The file."),
                    Whole.withDefault("lines", 1, 200, 10, "How many lines.")),
            tool(
                    "search",
                    "Searches for a text in files.",
                    Text.required("text", "The text, taken literally."),
                    Text.withDefault("path", HERE, "The folder or file to search in."),
                    Whole.withDefault("limit", 1, 100, 20, "How many lines to list.")),
            tool(
                    "kernel_log",
                    "Shows the newest lines of the kernel's log.",
                    Whole.withDefault("lines", 1, 200, 20, "How many lines.")),
            tool(
                    "sockets",
                    "Lists open network sockets and the processes that hold them.",
                    new Choice("state", "Which sockets.", List.of("listening", "connected", "all")),
                    new Whole("port", "Only sockets on this port.", false, 1, 65_535, OptionalInt.empty())),
            tool("agents", "Lists the agents that Telos runs."),
            tool("blocks", "Shows how many KV blocks of Telos are used and free."));

    private Catalogue() {}

    /** What a model is told about the tools, in a fixed order. */
    public static List<ToolSpec> specs() {
        return TOOLS.stream().map(Definition::spec).toList();
    }

    /**
     * The arguments with defaults filled in and properties in schema order, as compact JSON; empty if the call is not
     * valid. Two calls mean the same exactly if this is equal.
     */
    public static Optional<String> normalise(String tool, String argumentsJson) {
        return switch (Arguments.parse(tool, argumentsJson)) {
            case Arguments.Accepted(Arguments arguments) -> Optional.of(arguments.canonical());
            case Arguments.Rejected _ -> Optional.empty();
        };
    }

    static Optional<Definition> tool(String name) {
        return TOOLS.stream().filter(t -> t.name().equals(name)).findFirst();
    }

    static String names() {
        return TOOLS.stream().map(Definition::name).collect(Collectors.joining(", "));
    }

    private static Definition tool(String name, String description, Parameter... parameters) {
        return new Definition(name, description, List.of(parameters));
    }
}
