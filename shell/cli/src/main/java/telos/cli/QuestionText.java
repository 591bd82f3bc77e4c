package telos.cli;

import java.util.ArrayList;
import java.util.List;
import telos.cli.wire.Json;

/** A question of the daemon in words: who wants what, with which values and labels, why it is asked, what a yes covers. */
final class QuestionText {
    private static final int LONGEST_VALUE = 2_000;

    private QuestionText() {}

    static List<String> of(Json question) {
        List<String> lines = new ArrayList<>();
        String who = question.at("name").text("");
        lines.add(Paint.line(
                (who.isEmpty() ? "" : who + ", ") + question.at("agent").text("?") + ", wants to call "
                        + question.at("tool").text("?")));
        for (Json each : question.at("arguments").items()) {
            lines.add(Paint.line("  " + each.at("name").text("?") + " = " + value(each) + "  ("
                    + LabelText.of(each.at("label")) + ")"));
        }
        lines.add(Paint.line("decided by what is " + LabelText.of(question.at("call"))));
        lines.add(Paint.line("asked because " + question.at("why").text("?") + " ("
                + question.at("rule").text("?") + ")"));
        lines.add(Paint.line("a yes covers " + question.at("covers").text("this call, once")));
        return lines;
    }

    private static String value(Json argument) {
        String value = argument.at("value").text("");
        if (value.isEmpty()) {
            return "(you may not read it)";
        }
        long hidden = argument.at("hidden_characters").number(0);
        if (value.length() > LONGEST_VALUE) {
            hidden += value.length() - LONGEST_VALUE;
            value = value.substring(0, LONGEST_VALUE);
        }
        return hidden == 0 ? value : value + "… and " + hidden + " more characters";
    }
}
