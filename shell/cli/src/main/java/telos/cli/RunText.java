package telos.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;
import telos.cli.wire.Json;

/** Shows a run as text: calls with an arrow, results indented and cut, then the answer as it comes. */
final class RunText implements RunView {
    private static final int LINES = 12;
    private static final int COLUMNS = 160;

    private final PrintStream out;
    private final Paint paint;
    private boolean midLine;
    private boolean answered;

    RunText(PrintStream out, Paint paint) {
        this.out = out;
        this.paint = paint;
    }

    @Override
    public void call(String tool, Json arguments) {
        endLine();
        answered = false;
        String shown = arguments.members().entrySet().stream()
                .map(each -> " " + each.getKey() + "=" + each.getValue())
                .collect(Collectors.joining());
        out.println(paint.call("→ " + Paint.line(tool + shown)));
    }

    @Override
    public void result(String text, boolean failed) {
        endLine();
        List<String> lines = Paint.clean(text.strip()).lines().toList();
        for (String line : lines.subList(0, Math.min(LINES, lines.size()))) {
            String cut = line.length() <= COLUMNS ? line : line.substring(0, COLUMNS) + " …";
            out.println("  " + (failed ? paint.bad(cut) : paint.faint(cut)));
        }
        if (lines.size() > LINES) {
            out.println(paint.faint("  … and " + (lines.size() - LINES) + " more lines"));
        }
    }

    @Override
    public void text(String delta) {
        String clean = Paint.clean(delta);
        out.print(clean);
        out.flush();
        answered |= !clean.isBlank();
        midLine = clean.isEmpty() ? midLine : !clean.endsWith("\n");
    }

    @Override
    public void end(String answer) {
        if (!answered && !answer.isBlank()) {
            text(answer);
        }
        endLine();
    }

    private void endLine() {
        if (midLine) {
            out.println();
            midLine = false;
        }
    }
}
