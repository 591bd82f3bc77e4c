package telos.training.curriculum;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import telos.tools.report.AgentList;
import telos.tools.report.AgentRow;
import telos.tools.report.BlockCounts;
import telos.tools.report.DiskUsage;
import telos.tools.report.FileLines;
import telos.tools.report.FoundFiles;
import telos.tools.report.KernelLog;
import telos.tools.report.LargestFiles;
import telos.tools.report.LoadAverages;
import telos.tools.report.MemoryUse;
import telos.tools.report.ProcessDetail;
import telos.tools.report.ProcessList;
import telos.tools.report.ProcessRow;
import telos.tools.report.Report;
import telos.tools.report.SocketList;
import telos.tools.report.SocketRow;
import telos.tools.report.TextMatches;
import telos.tools.report.Units;

/** Invents what a tool may give back, in the tool's own words, and the answer that fits. */
final class Results {
    private static final String QUOTE = "<|quote|>";
    private static final String FAILURE = "error: ";
    private static final List<String> FAILURES = List.of(
            "no such file: %s",
            "no such folder: %s",
            "no such file or folder: %s",
            "%s may not be read: permission denied",
            "%s is not a folder",
            "%s is a folder, not a regular file",
            "%s is a binary file of 24 MB; only text is shown");
    private static final List<String> CUTS =
            List.of("more was found", "the time was up", "the output is too long", "limit reached");

    record Told(String result, String answer) {}

    private final Names names;
    private final Paths paths;

    Results(Names names, Paths paths) {
        this.names = names;
        this.paths = paths;
    }

    Told tell(String tool, Map<String, Object> arguments, String style, RandomGenerator random) {
        String path = String.valueOf(arguments.getOrDefault("path", "."));
        if ((arguments.containsKey("path") && random.nextInt(9) == 0) || random.nextInt(40) == 0) {
            String failure = String.format(Locale.ROOT, Names.pick(FAILURES, random), path);
            return new Told(FAILURE + failure, "That did not work.\n" + QUOTE);
        }
        boolean nothing = random.nextInt(8) == 0;
        Optional<String> cut = random.nextInt(6) == 0 ? Optional.of(Names.pick(CUTS, random)) : Optional.empty();
        return switch (tool) {
            case "processes" -> processes(arguments, style, nothing, random);
            case "process" -> process(arguments, random);
            case "memory" -> memory(random);
            case "load" -> load(style, random);
            case "disk" -> disk(String.valueOf(arguments.getOrDefault("path", "/")), random);
            case "largest" -> largest(path, style, nothing, cut, random);
            case "find" -> {
                List<String> found = nothing ? List.of() : some(random, () -> below(path, random));
                yield list(new FoundFiles(found, path, cut), nothing, "Found:", "Nothing of that name was found.");
            }
            case "head", "tail" -> {
                String which = tool.equals("head") ? "first" : "last";
                boolean one = Integer.valueOf(1).equals(arguments.get("lines"));
                List<String> lines =
                        nothing ? List.of() : one ? List.of(line(random)) : some(random, () -> line(random));
                String intro = "The " + which + (one ? " line of " : " lines of ") + path + ":";
                yield list(new FileLines(lines, cut), nothing, intro, path + " is empty.");
            }
            case "search" -> {
                List<TextMatches.Row> rows = nothing
                        ? List.of()
                        : some(
                                random,
                                () -> new TextMatches.Row(below(path, random), 1 + random.nextInt(900), line(random)));
                yield list(new TextMatches(rows, path, cut), nothing, "Found:", "The text was not found.");
            }
            case "kernel_log" -> {
                List<String> lines = nothing ? List.of() : some(random, () -> kernelLine(random));
                yield list(new KernelLog(lines), nothing, "The newest kernel messages:", "The kernel log is empty.");
            }
            case "sockets" -> sockets(arguments, nothing, cut, random);
            case "agents" -> {
                List<AgentRow> rows = nothing
                        ? List.of()
                        : some(
                                random,
                                () -> new AgentRow(
                                        1 + random.nextInt(300),
                                        names.word(random),
                                        Names.pick(List.of("running", "waiting", "done"), random),
                                        random.nextInt(40),
                                        random.nextInt(90_000)));
                yield list(new AgentList(rows), nothing, "The agents of Telos:", "No agent is running.");
            }
            case "blocks" -> blocks(random);
            default -> throw new GrammarException("there is no tool " + tool);
        };
    }

    private static Told list(Report report, boolean nothing, String intro, String none) {
        return new Told(report.render(), nothing ? none : intro + "\n" + QUOTE);
    }

    private Told processes(Map<String, Object> arguments, String style, boolean nothing, RandomGenerator random) {
        boolean cpu = "cpu".equals(arguments.get("sort"));
        Object name = arguments.get("name");
        if (name != null && nothing) {
            return new Told(new ProcessList(List.of(), 0).render(), "No process named " + name + " is running.");
        }
        int count = 1 + random.nextInt(style.startsWith("top") ? 5 : 4);
        List<ProcessRow> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String program = name == null ? names.program(random) : name.toString();
            rows.add(new ProcessRow(
                    1 + random.nextInt(99_999), program, bytes(random, 21, 34), percent(random, cpu ? 300 : 60)));
        }
        rows.sort((a, b) ->
                cpu ? Double.compare(b.cpuPercent(), a.cpuPercent()) : Long.compare(b.memoryBytes(), a.memoryBytes()));
        int total = rows.size() + (random.nextInt(3) == 0 ? 0 : random.nextInt(300));
        String text = new ProcessList(rows, total).render();
        ProcessRow top = rows.getFirst();
        String who = top.name() + " (pid " + top.pid() + ")";
        return switch (style) {
            case "top" -> new Told(text, who + " uses the most memory: " + Units.bytes(top.memoryBytes()) + ".");
            case "top_cpu" -> new Told(text, who + " uses the most CPU: " + Units.percent(top.cpuPercent()) + ".");
            case "name" -> new Told(text, "Processes named " + name + ":\n" + QUOTE);
            case "list_cpu" -> new Told(text, "The busiest processes:\n" + QUOTE);
            default -> new Told(text, "The processes that use the most memory:\n" + QUOTE);
        };
    }

    private Told process(Map<String, Object> arguments, RandomGenerator random) {
        Object pid = arguments.getOrDefault("pid", 1);
        if (random.nextInt(6) == 0) {
            return new Told(FAILURE + "no process has the number " + pid, "There is no process " + pid + ".");
        }
        String name = names.program(random);
        LocalDateTime started = LocalDateTime.of(2020 + random.nextInt(10), 1 + random.nextInt(12), 1, 0, 0)
                .plusSeconds(random.nextInt(2_000_000));
        ProcessDetail detail = new ProcessDetail(
                Long.parseLong(pid.toString()),
                name,
                Names.pick(List.of("running", "sleeping", "idle", "zombie", "stopped"), random),
                random.nextInt(30_000),
                random.nextBoolean() ? "root" : names.word(random),
                bytes(random, 20, 34),
                percent(random, 200),
                1 + random.nextInt(90),
                started,
                random.nextInt(5) == 0 ? "" : "/usr/bin/" + name + " -" + names.word(random));
        return new Told(detail.render(), "Process " + pid + " is " + name + ":\n" + QUOTE);
    }

    private static Told memory(RandomGenerator random) {
        long total = bytes(random, 31, 38);
        long swap = random.nextInt(3) == 0 ? 0 : bytes(random, 29, 35);
        MemoryUse use =
                new MemoryUse(total, (long) (total * random.nextDouble()), swap, (long) (swap * random.nextDouble()));
        String swapText = swap == 0 ? "none" : Units.bytes(use.swapUsed()) + " of " + Units.bytes(swap);
        return new Told(
                use.render(),
                Units.bytes(use.used()) + " of " + Units.bytes(total) + " memory is used, "
                        + Units.bytes(use.available()) + " is available. Swap: " + swapText + ".");
    }

    private static Told load(String style, RandomGenerator random) {
        double base = Math.exp(random.nextDouble() * 6 - 3);
        LoadAverages load = new LoadAverages(
                base * (0.5 + random.nextDouble()),
                base * (0.5 + random.nextDouble()),
                base * (0.5 + random.nextDouble()),
                1 + random.nextInt(random.nextBoolean() ? 8 : 128),
                pressure(random),
                pressure(random),
                pressure(random),
                Duration.ofSeconds((long) Math.exp(random.nextDouble() * 17)));
        List<String> lines = load.render().lines().toList();
        String averages = after(lines.get(0));
        return new Told(
                load.render(),
                switch (style) {
                    case "uptime" -> "The machine has been up for " + after(lines.get(5)) + ".";
                    case "cpus" -> "CPUs: " + after(lines.get(1)) + ".";
                    case "pressure" ->
                        "Pressure: cpu " + after(lines.get(2)) + ", memory " + after(lines.get(3)) + ", io "
                                + after(lines.get(4)) + ".";
                    default -> "The load averages are " + averages + " with " + load.cpus() + " CPUs.";
                });
    }

    private Told disk(String path, RandomGenerator random) {
        long size = bytes(random, 31, 42);
        long used = (long) (size * random.nextDouble());
        String mount = random.nextInt(3) == 0 ? "/" : "/" + names.word(random);
        DiskUsage usage = new DiskUsage(path, mount, size, used, size - used);
        return new Told(
                usage.render(),
                "The disk of " + path + " is " + usage.full() + "% full: " + Units.bytes(used) + " of "
                        + Units.bytes(size) + " used, " + Units.bytes(size - used) + " free.");
    }

    private Told largest(String path, String style, boolean nothing, Optional<String> cut, RandomGenerator random) {
        List<LargestFiles.Row> rows = new ArrayList<>(
                nothing
                        ? List.of()
                        : some(random, () -> new LargestFiles.Row(bytes(random, 8, 38), below(path, random))));
        rows.sort((a, b) -> Long.compare(b.bytes(), a.bytes()));
        LargestFiles files = new LargestFiles(rows, path, cut);
        if (!nothing && style.equals("top")) {
            LargestFiles.Row top = rows.getFirst();
            return new Told(
                    files.render(), "The largest file is " + top.path() + " with " + Units.bytes(top.bytes()) + ".");
        }
        return list(files, nothing, "The largest files:", "No files were found.");
    }

    private Told sockets(Map<String, Object> arguments, boolean nothing, Optional<String> cut, RandomGenerator random) {
        Object port = arguments.get("port");
        List<SocketRow> rows = nothing
                ? List.of()
                : some(random, () -> {
                    boolean listening = !"connected".equals(arguments.get("state"));
                    Object local = port == null ? random.nextInt(65_536) : port;
                    return new SocketRow(
                            random.nextInt(4) == 0 ? "udp" : "tcp",
                            (random.nextBoolean() ? "127.0.0.1:" : "0.0.0.0:") + local,
                            listening ? "*" : "10.0." + random.nextInt(256) + ".7:" + random.nextInt(65_536),
                            listening ? "listening" : "connected",
                            random.nextInt(6) == 0 ? "?" : names.program(random) + "/" + random.nextInt(99_999));
                });
        String none = port == null ? "There are no such sockets." : "No such socket uses port " + port + ".";
        String intro = port == null ? "The sockets:" : "The sockets on port " + port + ":";
        return list(new SocketList(rows, cut), nothing, intro, none);
    }

    private static Told blocks(RandomGenerator random) {
        int total = 16 + random.nextInt(5000);
        int used = random.nextInt(total + 1);
        int cached = random.nextInt(total - used + 1);
        BlockCounts counts =
                new BlockCounts(total, used, cached, total - used - cached, 16, random.nextInt(1001) / 1000.0);
        return new Told(
                counts.render(),
                "Of " + total + " KV blocks " + used + " are used, " + cached + " cached and " + counts.free()
                        + " free.");
    }

    private String below(String path, RandomGenerator random) {
        String folder = path.endsWith("/") ? path : path + "/";
        return folder + (random.nextInt(3) == 0 ? names.stem(random) + "/" : "") + paths.fileName(random);
    }

    private String line(RandomGenerator random) {
        StringBuilder line = new StringBuilder();
        int words = 1 + random.nextInt(6);
        for (int i = 0; i < words; i++) {
            line.append(i == 0 ? "" : " ").append(random.nextInt(6) == 0 ? names.stem(random) : names.known(random));
        }
        return line.toString();
    }

    private String kernelLine(RandomGenerator random) {
        return "[" + random.nextInt(99_999) + "." + Names.digits(6, random) + "] " + names.known(random) + ": "
                + line(random);
    }

    private static <T> List<T> some(RandomGenerator random, java.util.function.Supplier<T> make) {
        int count = 1 + random.nextInt(random.nextInt(6) == 0 ? 8 : 3);
        List<T> list = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            list.add(make.get());
        }
        return list;
    }

    private static long bytes(RandomGenerator random, int fewestBits, int mostBits) {
        return (long) Math.pow(2, fewestBits + random.nextDouble() * (mostBits - fewestBits));
    }

    private static double percent(RandomGenerator random, int most) {
        return random.nextInt(3) == 0 ? random.nextDouble() * 3 : random.nextDouble() * most;
    }

    private static OptionalDouble pressure(RandomGenerator random) {
        return random.nextInt(12) == 0 ? OptionalDouble.empty() : OptionalDouble.of(percent(random, 90));
    }

    private static String after(String line) {
        return line.substring(line.indexOf(": ") + 2);
    }
}
