package telos.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import telos.devices.linux.Child;
import telos.devices.linux.CpuSet;
import telos.devices.linux.Launch;
import telos.devices.linux.Signal;

/** Real programs under a daemon with scripted answers, and the slow ones under a real daemon. */
@Timeout(180)
class ExecCommandTest {
    @TempDir
    Path folder;

    private FakeDaemon daemon;
    private final CountDownLatch end = new CountDownLatch(1);
    private final List<Process> processes = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        daemon = new FakeDaemon(Cli.home(folder))
                .on("GET /programs", FakeDaemon.json(200, """
                        {"cgroup": {"usable": false, "why": "this is a test"}, "programs": []}"""))
                .on("POST /programs", (_, out) -> {
                    FakeDaemon.head(out);
                    FakeDaemon.event(out, "taken {\"id\": 1}");
                    await(out);
                });
    }

    @AfterEach
    void stop() throws IOException {
        end.countDown();
        daemon.close();
        processes.forEach(Process::destroyForcibly);
    }

    /** Keeps a connection until the test is over, or the other side closes it. */
    private void await(OutputStream out) throws IOException {
        try {
            while (!end.await(100, TimeUnit.MILLISECONDS)) {
                FakeDaemon.write(out, "d\r\n: keepalive\n\n\r\n");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Cli.Ran exec(String... words) {
        List<String> all = new ArrayList<>(List.of("exec"));
        all.addAll(List.of(words));
        return Cli.in(folder).run(all.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({"exit 0,0", "exit 7,7", "kill -TERM $$,143", "kill -KILL $$,137", "kill -SEGV $$,139"})
    void endsWithTheProgramsStatus(String script, int status) {
        assertThat(exec("--", "/bin/sh", "-c", script)).isEqualTo(new Cli.Ran(status, "", ""));
    }

    @Test
    void passesWordsOnThatLookLikeOptionsOrFiles() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "--no --no");
        assertThat(exec(
                        "/bin/sh",
                        "-c",
                        "test \"$*\" = '--weight -x --list -- @" + file + "'",
                        "sh",
                        "--weight",
                        "-x",
                        "--list",
                        "--",
                        "@" + file))
                .isEqualTo(new Cli.Ran(0, "", ""));
    }

    @Test
    void asksForTheShareThatWasWished() {
        int cpu = CpuSet.allowed().numbers().getLast();
        Cli.Ran ran = exec(
                "--weight",
                "300",
                "--priority",
                "-2",
                "--cpus",
                "" + cpu,
                "--by",
                "stop",
                "--name",
                "x",
                "/bin/sh",
                "-c",
                "sleep 0.3");
        assertThat(ran.status()).isZero();
        assertThat(daemon.heard())
                .anyMatch(heard -> heard.startsWith("POST /programs {\"pid\":")
                        && heard.endsWith(",\"name\":\"x\",\"weight\":300,\"priority\":-2,\"cpus\":\"" + cpu
                                + "\",\"by\":\"stop\"}"));
    }

    @Test
    void refusesANameThatIsTooLongBeforeAnythingStarts() throws IOException {
        Path file = folder.resolve("started");
        assertThat(exec("--name", "n".repeat(201), "--", "/bin/sh", "-c", "touch " + file))
                .isEqualTo(new Cli.Ran(2, "", "telos: --name has at most 200 characters, not 201\n"));
        assertThat(file).doesNotExist();
        assertThat(daemon.heard()).noneMatch(heard -> heard.startsWith("POST /programs"));
    }

    @Test
    void saysLikeAShellWhyAProgramDoesNotRun() throws IOException {
        Path file = Files.writeString(folder.resolve("data"), "");
        assertThat(exec("no-such-program"))
                .isEqualTo(new Cli.Ran(127, "", "telos: no-such-program: no such program\n"));
        assertThat(exec(file.toString()).status()).isEqualTo(126);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--weight 0 true | --weight must be 1 to 10000, was 0",
                "--weight -5 true | --weight must be 1 to 10000, was -5",
                "--weight 10001 true | --weight must be 1 to 10000, was 10001",
                "--priority 101 true | --priority must be -100 to 100, was 101",
                "--cpus 7000 true | --cpus 7000: programs may run on CPU",
                "--cpus x true | expected a list of CPUs such as 0 or 0-2,5, found 'x'",
                "--by cgroup --priority 3 true | --priority needs --by stop",
                "--by force true | --by is stop, cgroup or auto, not 'force'",
                "--list true | --list takes no program",
                "-- | name a program",
            })
    void refusesWhatIsWrong(String words, String why) {
        Cli.Ran ran = exec(words.split(" "));
        assertThat(ran.status()).isEqualTo(2);
        assertThat(ran.err()).contains(why);
    }

    @Test
    void beginsNothingWhereWhatWasWishedCannotBeHad() throws IOException {
        Path made = folder.resolve("made");
        Cli.Ran ran = exec("--by", "cgroup", "/bin/sh", "-c", "touch " + made);
        assertThat(ran)
                .isEqualTo(new Cli.Ran(
                        125,
                        "",
                        "telos: no control group can be used here, because this is a test; --by stop needs none\n"));
        daemon.close();
        assertThat(exec("/bin/sh", "-c", "touch " + made).status()).isEqualTo(125);
        assertThat(made).doesNotExist();
    }

    @Test
    void goesOnUnscheduledWhereTheDaemonDoesNotTakeItUp() {
        daemon.on("POST /programs", FakeDaemon.json(409, "{\"error\":{\"message\":\"not today\"}}"));
        Cli.Ran ran = exec("/bin/sh", "-c", "sleep 0.5; exit 4");
        assertThat(ran.status()).isEqualTo(4);
        assertThat(ran.err()).isEqualTo("telos: sh runs without a share of its own: not today\n");
    }

    @Test
    void continuesAProgramThatADaemonLeftStopped() {
        daemon.on("POST /programs", (body, out) -> {
            FakeDaemon.head(out);
            stop(body);
        });
        Cli.Ran ran = exec("/bin/sh", "-c", "sleep 0.5; exit 4");
        assertThat(ran.status()).isEqualTo(4);
        assertThat(ran.err()).contains("sh runs without a share of its own");
    }

    @Test
    void continuesAProgramWhenTheDaemonFallsSilent() {
        daemon.on("POST /programs", (body, out) -> {
            FakeDaemon.head(out);
            FakeDaemon.event(out, "taken {\"id\": 1}");
            stop(body);
            try {
                end.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(exec("/bin/sh", "-c", "sleep 0.5; exit 4").status()).isEqualTo(4);
    }

    private static void stop(String body) throws IOException {
        String process = body.replaceFirst(".*\"pid\":(\\d+).*", "$1");
        try {
            assertThat(new ProcessBuilder("/bin/sh", "-c", "kill -STOP -" + process)
                            .start()
                            .waitFor())
                    .isZero();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void listsPrograms() {
        daemon.on("GET /programs", FakeDaemon.json(200, """
                {"programs": [{"id": 3, "pgid": 77, "state": "waiting", "by": "stop", "cpus": "0-1", "weight": 300,
                "priority": 0, "share_asked": 0.75, "share_got": 0.7512, "cpu_seconds": 1.5,
                "longest_stop_seconds": 0.0301, "name": "make"}]}"""));
        Cli.Ran ran = exec("--list");
        assertThat(ran.status()).isZero();
        assertThat(ran.out().lines().toList().get(1))
                .matches("3 +77 +waiting +stop +0-1 +300 +0 +75.0 % +75.1 % +1.5 s +30 ms +make");
        assertThat(exec("--list", "--json").out()).startsWith("{\"programs\":");
    }

    @Test
    void asksAgainForAProgramThatADaemonHasLetGoOf() {
        Path again = folder.resolve("again");
        AtomicInteger asked = new AtomicInteger();
        daemon.on("POST /programs", (body, out) -> {
            FakeDaemon.head(out);
            FakeDaemon.event(out, "taken {\"id\": 1, \"note\": \"mind the gap\"}");
            if (asked.incrementAndGet() == 1) {
                FakeDaemon.event(out, "released {\"id\": 1}");
            } else {
                Files.writeString(again, "");
                await(out);
            }
        });
        Cli.Ran ran = exec(
                "/bin/sh",
                "-c",
                "n=0; while [ ! -e '" + again + "' ] && [ $n -lt 600 ]; do sleep 0.05; n=$((n+1)); done; test -e '"
                        + again + "'");
        assertThat(ran.status()).isZero();
        assertThat(asked).hasValue(2);
        assertThat(ran.err()).isEqualTo("""
                        telos: sh: mind the gap
                        telos: sh runs without a share of its own: the daemon has let go of it
                        """);
    }

    @Test
    void handsASignalOnThatCameBeforeTheProgramWasThere() throws Exception {
        try (PassedOn signals = new PassedOn(false)) {
            new ProcessBuilder("kill", "-HUP", "" + ProcessHandle.current().pid())
                    .start()
                    .waitFor();
            List<byte[]> words = Stream.of("/bin/sh", "-c", "exec sleep 60")
                    .map(word -> word.getBytes(StandardCharsets.UTF_8))
                    .toList();
            if (!(new Launch()
                            .start(
                                    words,
                                    List.of("PATH=/usr/bin:/bin".getBytes(StandardCharsets.UTF_8)),
                                    Optional.empty(),
                                    Launch.Place.SESSION,
                                    Optional.empty())
                    instanceof Launch.Started(Child child))) {
                throw new AssertionError();
            }
            signals.to(child);
            assertThat(child.await(false)).isEqualTo(new Child.Killed(Signal.HUP.number()));
            child.reap();
        }
    }

    @Test
    void saysWhichProgramsAPolicyDoesNotCountFor() {
        daemon.on("GET /programs", FakeDaemon.json(200, """
                {"policy": "priority", "programs": [{"id": 3, "by": "cgroup"}]}"""));
        assertThat(exec("--list").err())
                .isEqualTo(
                        "telos: programs by cgroup are divided by weight alone; the policy priority counts for those "
                                + "by stop\n");
    }

    private Process telos(List<String> flags, String... words) throws IOException {
        return start(command(flags, words));
    }

    /** With the usual dispositions of signals: whoever runs the tests may ignore some (nohup), and a shell cannot trap those. */
    private static List<String> command(List<String> flags, String... words) {
        List<String> all = new ArrayList<>(List.of("env", "--default-signal"));
        all.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        all.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED"));
        all.addAll(flags);
        all.addAll(List.of(
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName()));
        all.addAll(List.of(words));
        return all;
    }

    private Process start(List<String> all) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(all)
                .redirectError(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("err").toFile()));
        builder.environment().put("TELOS_HOME", Cli.home(folder).toString());
        builder.environment().put("TELOS_ROOT", root().toString());
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    /** The folder with the launcher and the built-in model. */
    private static Path root() {
        Path at = Path.of("").toAbsolutePath();
        while (!Files.isRegularFile(at.resolve("telos"))) {
            at = Objects.requireNonNull(at.getParent(), "no folder above this one holds the launcher");
        }
        return at;
    }

    private static void until(String what, BooleanSupplier holds) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within a minute: " + what);
            }
            LockSupport.parkNanos(10_000_000);
        }
    }

    private static char state(long process) {
        try {
            String text = Files.readString(Path.of("/proc/" + process + "/stat"));
            return text.charAt(text.lastIndexOf(')') + 2);
        } catch (IOException ended) {
            return '?';
        }
    }

    @Test
    void passesSignalsOn() throws Exception {
        Process exec = telos(
                List.of(),
                "exec",
                "/bin/sh",
                "-c",
                "trap 'echo hup' HUP; trap 'exit 9' TERM; echo $$; while :; do sleep 0.05; done");
        try (BufferedReader out = exec.inputReader()) {
            assertThat(out.readLine()).isNotNull();
            until("it passes signals on", () -> heardOf("POST /programs"));
            new ProcessBuilder("kill", "-HUP", "" + exec.pid()).start().waitFor();
            assertThat(out.readLine()).isEqualTo("hup");
            new ProcessBuilder("kill", "-QUIT", "" + exec.pid()).start().waitFor();
            new ProcessBuilder("kill", "-TERM", "" + exec.pid()).start().waitFor();
            assertThat(exec.waitFor()).isEqualTo(9);
            assertThat(out.lines()).as("the stream is the program's alone").isEmpty();
        }
    }

    /** A shell with job control on a terminal of its own; it runs this, and "$@" is the command. */
    private Keyboard shell(String script, String program) throws IOException {
        List<String> words = new ArrayList<>(
                List.of("env", "--default-signal", "setsid", "--ctty", "--wait", "/bin/sh", "-c", script, "sh"));
        words.addAll(command(List.of(), "exec", "--", "/bin/sh", "-c", program));
        return Keyboard.of(words, Cli.home(folder), root(), processes);
    }

    @Test
    void isAJobThatItsShellStopsContinuesAndInterrupts() throws Exception {
        try (Keyboard keyboard = shell(
                "set -m; \"$@\"; echo first $?; fg %1 > /dev/null; echo second $?",
                // a shell that is starting a program by vfork(2) just then could not be stopped: so it waits
                "trap 'kill $!; exit 5' INT; trap 'echo back' CONT; sleep 60 & echo ready; until wait; do :; done")) {
            keyboard.sees("ready");
            keyboard.types("\u001a");
            keyboard.sees("first 1");
            keyboard.sees("back");
            keyboard.types("\u0003");
            keyboard.sees("second 5");
        }
    }

    @Test
    void getsTheKeysOnceItIsInTheForeground() throws Exception {
        try (Keyboard keyboard = shell(
                "set -m; \"$@\" & n=0; while [ $n -lt 600 ]; do jobs > '" + folder
                        + "/jobs'; grep -q Stopped '" + folder + "/jobs' && break; sleep 0.1; n=$((n+1)); done; "
                        + "echo parked; fg %1 > /dev/null; echo ended $?",
                "read line; echo got $line; exit 6")) {
            keyboard.sees("parked");
            keyboard.types("hello\n");
            keyboard.sees("got hello");
            keyboard.sees("ended 6");
        }
    }

    private boolean heardOf(String request) {
        return daemon.heard().stream().anyMatch(heard -> heard.startsWith(request));
    }

    @Test
    @Tag("slow")
    void isTakenUpAgainByTheNextDaemon() throws Exception {
        end.countDown();
        daemon.close();
        List<String> vector = List.of("--add-modules=jdk.incubator.vector");
        telos(vector, "up", "--port", "0");
        until("the daemon is up", () -> Cli.in(folder).run("ps").status() == 0);
        for (int i = 0; i < 2; i++) {
            Process exec = telos(List.of(), "exec", "--", "/bin/sh", "-c", "echo $$; exec sleep 100");
            assertThat(exec.inputReader().readLine()).isNotNull();
        }
        until("both are taken up", () -> listed() == 2);
        assertThat(Cli.in(folder).run("down").status()).isZero();
        telos(vector, "up", "--port", "0");
        until("both are taken up again", () -> listed() == 2);
        assertThat(Cli.in(folder).run("kill", "p1", "p2").status()).isZero();
        assertThat(Cli.in(folder).run("down").status()).isZero();
    }

    private long listed() {
        Cli.Ran ran = exec("--list", "--json");
        return ran.status() == 0 ? ran.out().split("\"pgid\"", -1).length - 1L : 0;
    }

    @Test
    @Tag("slow")
    void leavesNobodyStoppedWhoeverIsKilled() throws Exception {
        end.countDown();
        daemon.close();
        List<String> vector = List.of("--add-modules=jdk.incubator.vector");
        Process up = telos(vector, "up", "--port", "0");
        until("the daemon is up", () -> Cli.in(folder).run("ps").status() == 0);
        List<Process> commands = new ArrayList<>();
        List<Long> programs = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Process exec = telos(
                    List.of(),
                    "exec",
                    "--by",
                    "stop",
                    "--cpus",
                    "0",
                    "--",
                    "/bin/sh",
                    "-c",
                    "ulimit -t 60; echo $$; while :; do :; done");
            commands.add(exec);
            String said = exec.inputReader().readLine();
            assertThat(said).as(Files.readString(folder.resolve("err"))).isNotNull();
            programs.add(Long.parseLong(said));
        }
        try {
            until(
                    "some are stopped",
                    () -> programs.stream().filter(each -> state(each) == 'T').count() >= 3);
            commands.getFirst().destroyForcibly().waitFor();
            up.destroyForcibly().waitFor();
            until(
                    "nobody is stopped",
                    () -> programs.stream().allMatch(each -> state(each) == 'R' || state(each) == 'S'));
            Process again = telos(vector, "up", "--port", "0");
            until(
                    "three are taken up again",
                    () -> programs.stream().filter(each -> state(each) == 'T').count() >= 2);
            for (Process command : commands) {
                command.destroyForcibly();
            }
            again.destroyForcibly().waitFor();
            until(
                    "nobody is stopped",
                    () -> programs.stream().allMatch(each -> state(each) == 'R' || state(each) == 'S'));
        } finally {
            programs.forEach(each -> ProcessHandle.of(each).ifPresent(ProcessHandle::destroyForcibly));
        }
    }
}
