package telos.bench;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** How long a person waits for the first answer. */
final class StartBench implements Bench {
    private static final String REQUEST = "which process uses the most memory?";

    private final Project project;

    StartBench(Project project) {
        this.project = project;
    }

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String about() {
        return "seconds of ./telos run \"" + REQUEST
                + "\", built already, from the shell's point of view: with no daemon"
                + " running, and with one; medians. The files are in the page cache, as after a first run. It says"
                + " nothing of the build, nor of other requests.";
    }

    @Override
    public List<String> options() {
        return List.of("--repetitions N");
    }

    @Override
    public Figures run(Options options, Console out) throws BenchException, InterruptedException {
        int repetitions = options.whole("--repetitions", 5, 1, 100);
        Set<String> largest = new HashSet<>();
        Samples cold = new Samples();
        Samples warm = new Samples();
        int right = 0;
        project.builtInModel();
        try (Scratch home = Scratch.make()) {
            Launcher telos = new Launcher(project, home.folder());
            try {
                out.line("once, so that all is built");
                telos.run("run", REQUEST, "--json");
                for (int i = 1; i <= 2 * repetitions; i++) {
                    boolean daemon = i > repetitions;
                    if (!daemon) {
                        telos.run("down");
                    }
                    LargestProcess.now().ifPresent(largest::add);
                    Launcher.Ran ran = telos.run("run", REQUEST, "--json");
                    LargestProcess.now().ifPresent(largest::add);
                    (daemon ? warm : cold).add(ran.seconds());
                    JsonNode answer = ran.json();
                    right += names(answer.path("answer").asString(""), largest) ? 1 : 0;
                    out.line((daemon ? "with a daemon: " : "with none: ") + ran.seconds() + " s: "
                            + answer.path("answer").asString(""));
                }
            } finally {
                telos.run("down");
            }
        }
        return new Figures()
                .put("seconds_cold", cold.median())
                .put("seconds_warm", warm.median())
                .put("right_process", right == 2 * repetitions ? 1 : 0)
                .put("right_share", (double) right / (2 * repetitions))
                .put("repetitions", repetitions);
    }

    private static boolean names(String answer, Set<String> processes) {
        return processes.stream().anyMatch(answer::contains);
    }
}
