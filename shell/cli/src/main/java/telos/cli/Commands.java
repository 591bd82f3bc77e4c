package telos.cli;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Every command by name. One is made only when it is asked for, so that a command pays for no other's classes. */
final class Commands {
    static final List<String> NAMES = List.of(
            "run",
            "plan",
            "policy",
            "tools",
            "audit",
            "approvals",
            "approve",
            "deny",
            "chat",
            "up",
            "down",
            "ps",
            "top",
            "sched",
            "kill",
            "exec",
            "mem",
            "logs",
            "models",
            "model",
            "key",
            "doctor",
            "bench",
            "train",
            "test",
            "install");

    private Commands() {}

    static @Nullable Command named(String name) {
        return switch (name) {
            case "run" -> new RunCommand();
            case "plan" -> new PlanCommand();
            case "policy" -> new PolicyCommand();
            case "tools" -> new ToolsCommand();
            case "audit" -> new AuditCommand();
            case "approvals" -> new ApprovalsCommand();
            case "approve" -> new AnswerCommand(true);
            case "deny" -> new AnswerCommand(false);
            case "chat" -> new ChatCommand();
            case "install" -> new InstallCommand();
            case "doctor" -> new DoctorCommand(new Host(Path.of("/")));
            case "models" -> new ModelsCommand();
            case "model" -> new ModelCommand();
            case "key" -> new KeyCommand();
            case "up" -> new UpCommand();
            case "down" -> new DownCommand();
            case "ps" -> new PsCommand();
            case "top" -> new TopCommand();
            case "sched" -> new SchedCommand();
            case "kill" -> new KillCommand();
            case "exec" -> new ExecCommand();
            case "mem" -> new MemCommand();
            case "logs" -> new LogsCommand();
            case "bench" ->
                new LauncherCommand(
                        "bench",
                        "Measure: builds the laboratory and runs one of its benchmarks.",
                        List.of("./telos bench mini", "./telos bench speed --json"));
            case "train" ->
                new LauncherCommand(
                        "train",
                        "Train the built-in model again, in a process of its own.",
                        List.of("./telos train mini --seed 1"));
            case "test" ->
                new LauncherCommand(
                        "test",
                        "Build with every gate and run the tests; --all adds the slow ones.",
                        List.of("./telos test", "./telos test --all"));
            default -> null;
        };
    }
}
