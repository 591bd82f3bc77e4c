package telos.plans.policy;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** The policies that come with Telos: one for the built-in tools, and templates for common MCP servers. */
public final class ShippedPolicies {
    /** What stands before the name of one where otherwise a file is named. */
    public static final String PREFIX = "telos:";

    private static final List<String> NAMES =
            List.of("host", "mcp-fetch", "mcp-filesystem", "mcp-git", "mcp-github", "mcp-mail", "mcp-slack");

    private ShippedPolicies() {}

    public static List<String> names() {
        return NAMES;
    }

    /** The text of one by its name without the prefix. */
    public static Optional<byte[]> read(String name) {
        if (!NAMES.contains(name)) {
            return Optional.empty();
        }
        try (InputStream in = ShippedPolicies.class.getResourceAsStream("/telos/policies/" + name + ".policy")) {
            if (in == null) {
                throw new IllegalStateException("the policy " + name + " is missing from the program");
            }
            return Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new IllegalStateException("the policy " + name + " cannot be read from the program", e);
        }
    }

    /** Says which there are, for messages. */
    public static String unknown(String name) {
        return "there is no policy '" + PREFIX + name + "'; there are "
                + String.join(", ", NAMES.stream().map(each -> PREFIX + each).toList());
    }
}
