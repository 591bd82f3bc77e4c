package telos.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import telos.cli.wire.Json;

/** Shows a run as text: calls with an arrow, results indented and cut, then the answer as it comes. */
final class RunText implements RunView {
    private static final int LINES = 12;
    private static final int COLUMNS = 160;

    private final PrintStream out;
    private final Paint paint;
    private final Optional<Prompt> prompt;
    private boolean midLine;
    private boolean answered;

    /** @param prompt asks the person at the terminal; empty where there is none */
    RunText(PrintStream out, Paint paint, Optional<Prompt> prompt) {
        this.out = out;
        this.paint = paint;
        this.prompt = prompt;
    }

    @Override
    public Optional<Boolean> asked(Json question) {
        endLine();
        if (prompt.isPresent()) {
            return Optional.of(prompt.get().allows(question));
        }
        String id = Paint.line(question.at("id").text("?"));
        out.println(paint.bold("  question " + id + " waits for you: telos approve " + id + ", or telos deny " + id));
        QuestionText.of(question).forEach(each -> out.println("    " + each));
        return Optional.empty();
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
