package telos.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/**
 * Programs under {@code telos exec} on one CPU, and the shares of its time that they got, by {@code /proc/PID/stat}: two
 * that spin, with several weights, and one that spins beside one that sleeps for as long as it works.
 */
final class ProgramShares {
    private static final String CPU = "0";
    private static final int SECONDS = 20;
    private static final int SETTLE_SECONDS = 2;
    private static final String SPIN = "while :; do :; done";

    /** Some 100 ms of work by its own CPU time, then as long a rest. */
    private static final double WORK = 0.1;

    private static final int TICKS_PER_SECOND = 100;

    private final Project project;
    private final Console out;

    ProgramShares(Project project, Console out) {
        this.project = project;
        this.out = out;
    }

    void measure(Figures figures) throws BenchException, InterruptedException {
        try (Scratch home = Scratch.make()) {
            Launcher telos = new Launcher(project, home.folder());
            telos.run("up", "--detach", "--port", "0");
            try {
                AdminSocket admin = new AdminSocket(home.resolve("telos.sock"));
                double worst = 0;
                for (String lever : List.of("stop", "cgroup")) {
                    double most = measure(home, admin, lever);
                    figures.put("share_error_" + lever, most);
                    worst = Math.max(worst, most);
                }
                figures.put("share_error_max", worst);
            } catch (IOException e) {
                throw new BenchException("the daemon cannot be asked: " + e.getMessage(), e);
            } finally {
                telos.run("down");
            }
        }
    }

    private double measure(Scratch home, AdminSocket admin, String lever)
            throws BenchException, IOException, InterruptedException {
        double most = 0;
        for (int weight : List.of(1, 3, 9)) {
            double due = weight / (1.0 + weight);
            most = Math.max(most, error(home, admin, lever, weight, List.of("sh", "-c", SPIN), due));
        }
        // While it works it gets half of the CPU, so its work takes twice as long as its rest.
        return Math.max(most, error(home, admin, lever, 1, sleeper(), 1.0 / 3));
    }

    private static List<String> sleeper() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return List.of(
                java,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Sleeper.class.getName(),
                Double.toString(WORK));
    }

    /** By how much the share of the CPU that {@code first} got is off; the other one spins and has weight 1. */
    private double error(Scratch home, AdminSocket admin, String lever, int weight, List<String> first, double due)
            throws BenchException, IOException, InterruptedException {
        List<Process> programs = new ArrayList<>();
        try {
            programs.add(exec(home, lever, weight, first));
            leaders(admin, 1);
            programs.add(exec(home, lever, 1, List.of("sh", "-c", SPIN)));
            List<Long> leaders = leaders(admin, 2);
            TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
            double[] before = {seconds(leaders.get(0)), seconds(leaders.get(1))};
            TimeUnit.SECONDS.sleep(SECONDS);
            double got = seconds(leaders.get(0)) - before[0];
            double others = seconds(leaders.get(1)) - before[1];
            double share = got / (got + others);
            out.line(String.format(
                    Locale.ROOT,
                    "programs by %s, weight %d to 1%s: %.3f of %.1f s, due %.3f",
                    lever,
                    weight,
                    first.equals(sleeper()) ? ", the first sleeps as long as it works" : "",
                    share,
                    got + others,
                    due));
            return Math.abs(share - due);
        } finally {
            for (Process program : programs) {
                end(program);
            }
            leaders(admin, 0);
        }
    }

    private static void end(Process program) throws InterruptedException {
        program.destroy();
        if (!program.waitFor(10, TimeUnit.SECONDS)) {
            program.destroyForcibly().waitFor();
        }
    }

    private Process exec(Scratch home, String lever, int weight, List<String> words) throws BenchException {
        List<String> command = new ArrayList<>(List.of(
                project.launcher().toString(),
                "exec",
                "--by",
                lever,
                "--weight",
                Integer.toString(weight),
                "--cpus",
                CPU,
                "--"));
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(project.root().toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(home.resolve("exec.err").toFile());
        builder.environment().put("TELOS_HOME", home.folder().toString());
        try {
            return builder.start();
        } catch (IOException e) {
            throw new BenchException("cannot run " + command.getFirst() + ": " + e.getMessage(), e);
        }
    }

    /** The processes that lead the programs' groups, in the order in which they came, once there are so many. */
    private static List<Long> leaders(AdminSocket admin, int count)
            throws BenchException, IOException, InterruptedException {
        for (int i = 0; i < 200; i++) {
            List<Long> leaders = new ArrayList<>();
            for (JsonNode program : admin.programs()) {
                leaders.add(program.path("pgid").asLong());
            }
            if (leaders.size() == count) {
                return leaders;
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        throw new BenchException("the daemon does not come to have " + count + " programs");
    }

    /** User and system time of a process and of its children that ended. */
    private static double seconds(long process) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(process), "stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = 0;
        for (int field = 11; field < 15; field++) {
            ticks += Long.parseLong(fields[field]);
        }
        return (double) ticks / TICKS_PER_SECOND;
    }
}
