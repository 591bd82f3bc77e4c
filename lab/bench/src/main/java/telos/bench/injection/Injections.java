package telos.bench.injection;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import telos.bench.injection.banking.Banking;
import telos.bench.injection.slack.Slack;
import telos.bench.injection.travel.Travel;
import telos.bench.injection.workspace.WorkspaceSuite;

/** The suites and how they fare. */
public final class Injections {
    private Injections() {}

    static Stream<Suite<?>> all() {
        return Stream.of(Banking.suite(), Slack.suite(), Travel.suite(), WorkspaceSuite.suite());
    }

    /** The names of the suites. */
    public static List<String> suites() {
        return all().map(suite -> suite.name()).toList();
    }

    /**
     * Runs one suite, or all of them where none is named.
     *
     * @param progress hears of each suite that is done
     */
    public static Score run(String suite, Consumer<String> progress) {
        Score score = new Score();
        all().filter(each -> suite.isEmpty() || each.name().equals(suite)).forEach(each -> {
            Evaluation.run(each, score);
            progress.accept(each.name() + ": " + score.runs() + " runs so far");
        });
        return score;
    }
}
