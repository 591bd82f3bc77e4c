package telos.tools;

import telos.tools.report.Report;

/** Keeps a result to what a model and a person can take. */
final class OutputBound {
    static final int LINES = 200;
    static final int CHARACTERS = 64 * 1024;

    private static final String CUT = "\n(cut: more than " + LINES + " lines or " + CHARACTERS + " characters)";

    private OutputBound() {}

    static ToolResult.Output of(Report report) {
        String text = report.render();
        int end = Math.min(text.length(), CHARACTERS);
        int lines = 0;
        for (int at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) {
            if (++lines == LINES) {
                // one line more is let through if it is the last: the header, or what says that the report was cut
                boolean last = text.indexOf('\n', at + 1) < 0;
                end = last ? end : at;
            }
        }
        if (end == text.length()) {
            return new ToolResult.Output(text, report.cut());
        }
        end = Math.min(end, CHARACTERS - CUT.length());
        int whole = text.lastIndexOf('\n', end);
        String kept = text.charAt(end) == '\n' || whole <= 0 ? text.substring(0, end) : text.substring(0, whole);
        return new ToolResult.Output(kept + CUT, true);
    }
}
