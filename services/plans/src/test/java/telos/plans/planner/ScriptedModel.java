package telos.plans.planner;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A model that says what it was given to say, in turn, and keeps all that it was shown. */
final class ScriptedModel implements Model {
    private final Deque<Said> answers = new ArrayDeque<>();
    private final List<String> shown = new ArrayList<>();

    static ScriptedModel saying(String... answers) {
        ScriptedModel model = new ScriptedModel();
        for (String each : answers) {
            model.answers.add(new Said.Text(each));
        }
        return model;
    }

    ScriptedModel thenNothing(String why) {
        answers.add(new Said.Nothing(why));
        return this;
    }

    /** Everything that it was shown, prompt by prompt. */
    List<String> shown() {
        return shown;
    }

    String all() {
        return String.join("\n----\n", shown);
    }

    @Override
    public Said say(Prompt prompt, Optional<String> form, int most) {
        shown.add(prompt.instructions() + "\n====\n" + prompt.text()
                + form.map(each -> "\n====\n" + each).orElse(""));
        return answers.isEmpty() ? new Said.Nothing("the script is at its end") : answers.remove();
    }
}
