package telos.tools;

import telos.kernel.security.Integrity;
import telos.kernel.security.Label;
import telos.kernel.security.Readers;
import telos.kernel.security.Source;

/** How far what the built-in tools return is trusted, and who may read it. */
public final class Trust {
    /** Who may read what this machine tells: the person whose daemon it is. */
    public static final String OWNER = "owner";

    private Trust() {}

    /** The label of what a tool returns. Figures are trusted; names and texts that others chose are not. */
    static Label of(String tool) {
        Integrity integrity = switch (tool) {
            case "memory", "load", "disk", "agents", "blocks" -> Integrity.TRUSTED;
            default -> Integrity.UNTRUSTED;
        };
        return Label.of(integrity, Readers.of(OWNER)).from(Source.tool(tool));
    }
}
