package telos.tools;

import java.util.Objects;

/** What came of a tool call. The text is data from the machine, never instructions. */
public sealed interface ToolResult {

    /**
     * The tool did its work.
     *
     * @param text safe to print, lines joined by {@code \n}
     * @param cut whether there was more; the text then says so
     */
    record Output(String text, boolean cut) implements ToolResult {
        public Output {
            Objects.requireNonNull(text, "text");
        }
    }

    /** The tool could not do it; the message says why and, where it can, how to mend it. */
    record Failed(String message) implements ToolResult {
        public Failed {
            Objects.requireNonNull(message, "message");
        }
    }
}
