package telos.cli;

import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import telos.cli.DaemonClient.Absent;
import telos.cli.DaemonClient.Presence;
import telos.cli.DaemonClient.Ready;
import telos.cli.DaemonClient.Starting;
import telos.cli.wire.Json;

/** {@code telos doctor}: what this host offers, and what stands in the way. */
final class DoctorCommand implements Command {
    private static final int PORT = 7717;
    private static final long LITTLE_MEMORY = 512L << 20;
    private static final long LITTLE_DISK = 200L << 20;

    private final Host host;

    DoctorCommand(Host host) {
        this.host = host;
    }

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                "doctor",
                "Show what this host offers, and what stands in the way. Status 1 if something that is needed fails.",
                "telos doctor",
                "telos doctor --json");
        spec.addOption(Syntax.flag("Print one JSON object.", "--json"));
        return spec;
    }

    /** How a finding is to be taken. */
    enum Verdict {
        OK,
        NOTE,
        FAIL
    }

    /** One line of the report; {@code mend} is empty where nothing is to be done. */
    record Finding(String name, Verdict verdict, String text, String mend) {}

    @Override
    public int run(ParseResult arguments, Session session) throws CommandException {
        Home home = session.home();
        List<Finding> findings = new ArrayList<>();
        Json processor = processor(findings);
        Json memory = memory(findings);
        Json pressure = pressure(findings);
        Json jdk = jdk(findings);
        Json accelerators = accelerators(findings);
        Json place = place(home, findings);
        Presence presence = presence(home, findings);
        Json daemon = daemon(presence);
        Json port = port(presence, findings);
        boolean ok = findings.stream().noneMatch(finding -> finding.verdict() == Verdict.FAIL);
        if (Syntax.given(arguments, "--json")) {
            session.out()
                    .println(Json.object(
                            "ok", ok,
                            "system", Json.object("name", host.system(), "kernel", host.kernel()),
                            "cpu", processor,
                            "memory", memory,
                            "pressure", pressure,
                            "jdk", jdk,
                            "accelerators", accelerators,
                            "home", place,
                            "daemon", daemon,
                            "port", port,
                            "findings",
                                    findings.stream()
                                            .map(each -> Json.object(
                                                    "name", each.name(),
                                                    "verdict",
                                                            each.verdict()
                                                                    .name()
                                                                    .toLowerCase(Locale.ROOT),
                                                    "text", each.text(),
                                                    "mend", each.mend()))
                                            .toList()));
        } else {
            print(findings, session);
        }
        return ok ? 0 : 1;
    }

    private static void print(List<Finding> findings, Session session) {
        Paint paint = session.paint();
        for (Finding each : findings) {
            String mark = switch (each.verdict()) {
                case OK -> paint.call("ok  ");
                case NOTE -> paint.bold("note");
                case FAIL -> paint.bad("FAIL");
            };
            session.out().println(mark + "  " + String.format("%-13s", each.name()) + Paint.line(each.text()));
            if (!each.mend().isEmpty()) {
                session.out().println(" ".repeat(19) + Paint.line(each.mend()));
            }
        }
    }

    private Json processor(List<Finding> findings) {
        int cores = Runtime.getRuntime().availableProcessors();
        double limit = host.cpuLimit().orElse(0);
        findings.add(new Finding(
                "processor",
                Verdict.OK,
                host.cpu() + ", " + cores + (cores == 1 ? " core" : " cores")
                        + (limit > 0 ? ", limited to " + limit + " by its control group" : ""),
                ""));
        boolean wide = host.vectorBits() > 128 || System.getProperty("os.arch").equals("aarch64");
        findings.add(new Finding(
                "vectors",
                wide ? Verdict.OK : Verdict.NOTE,
                host.vectorBits() + " bits (" + String.join(" ", host.vectorFlags()) + ")",
                wide ? "" : "the engine runs, and slowly: it is made for AVX2 or wider"));
        return Json.object(
                "model", host.cpu(),
                "architecture", System.getProperty("os.arch"),
                "cores", cores,
                "limit", limit > 0 ? limit : null,
                "vector_bits", host.vectorBits(),
                "flags", host.vectorFlags());
    }

    private Json memory(List<Finding> findings) {
        OptionalLong limit = host.memoryLimit();
        long total = host.memoryTotal().orElse(0);
        long available = host.memoryAvailable().orElse(0);
        boolean little = Math.min(available, limit.orElse(Long.MAX_VALUE)) < LITTLE_MEMORY;
        findings.add(new Finding(
                "memory",
                little ? Verdict.NOTE : Verdict.OK,
                Bytes.show(available) + " available of " + Bytes.show(total)
                        + (limit.isPresent()
                                ? ", limited to " + Bytes.show(limit.getAsLong()) + " by its control group"
                                : ""),
                little
                        ? "the built-in model needs about " + Bytes.show(LITTLE_MEMORY) + "; end something else first"
                        : ""));
        return Json.object("total", total, "available", available, "limit", boxed(limit));
    }

    private static @Nullable Object boxed(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }

    private Json pressure(List<Finding> findings) {
        var pressure = host.pressure();
        findings.add(new Finding(
                "pressure",
                pressure.isEmpty() ? Verdict.NOTE : Verdict.OK,
                pressure.isEmpty()
                        ? "this kernel does not measure it (no /proc/pressure)"
                        : pressure.entrySet().stream()
                                .map(each -> each.getKey() + " " + Host.percent(each.getValue()))
                                .collect(Collectors.joining(", ")),
                pressure.isEmpty() ? "the tool 'load' answers without it; a kernel booted with psi=1 has it" : ""));
        return Json.of(pressure);
    }

    private static Json jdk(List<Finding> findings) {
        boolean vector = ModuleFinder.ofSystem().find("jdk.incubator.vector").isPresent();
        String version = Runtime.version().toString();
        findings.add(new Finding(
                "JDK",
                vector ? Verdict.OK : Verdict.FAIL,
                version + " (" + System.getProperty("java.vendor") + ") in " + System.getProperty("java.home"),
                vector
                        ? ""
                        : "it lacks the module jdk.incubator.vector; use a whole JDK, for example Eclipse Temurin"));
        return Json.object("version", version, "home", System.getProperty("java.home"), "vector_module", vector);
    }

    private Json accelerators(List<Finding> findings) {
        List<Host.Library> libraries = host.accelerators();
        List<String> nodes = host.deviceNodes();
        findings.add(new Finding(
                "accelerators",
                Verdict.OK,
                libraries.isEmpty() && nodes.isEmpty()
                        ? "none (none is needed)"
                        : Stream.concat(
                                        libraries.stream().map(each -> each.kind() + " (" + each.path() + ")"),
                                        nodes.stream())
                                .collect(Collectors.joining(", ")),
                ""));
        return Json.object(
                "libraries",
                libraries.stream()
                        .map(each -> Json.object("kind", each.kind(), "path", each.path()))
                        .toList(),
                "devices",
                nodes);
    }

    private static Json place(Home home, List<Finding> findings) {
        boolean writable;
        String why = "";
        try {
            home.prepare();
            writable = true;
        } catch (CommandException e) {
            writable = false;
            why = String.valueOf(e.getMessage());
        }
        long free = free(home.folder());
        boolean little = writable && free >= 0 && free < LITTLE_DISK;
        findings.add(new Finding(
                "state",
                !writable ? Verdict.FAIL : little ? Verdict.NOTE : Verdict.OK,
                home.folder() + (writable ? ", writable, " + Bytes.show(Math.max(0, free)) + " free" : ""),
                little ? "little room is left on its disk" : why));
        return Json.object("path", home.folder().toString(), "writable", writable, "free", free);
    }

    private static long free(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException _) {
            return -1;
        }
    }

    private static Presence presence(Home home, List<Finding> findings) {
        try {
            Presence presence = new DaemonClient(home).presence();
            String text = switch (presence) {
                case Absent _ -> "not running; telos run starts it";
                case Starting _ -> "starting";
                case Ready(Json health) ->
                    "running, process " + health.at("pid").number(0) + ", model "
                            + health.at("model").text("?");
            };
            findings.add(new Finding("daemon", Verdict.OK, text, ""));
            if (presence instanceof Ready) {
                Json rules = new DaemonClient(home).find("/policy");
                String stamp = rules.at("sha256").text("");
                if (!stamp.isEmpty()) {
                    findings.add(new Finding(
                            "policy",
                            Verdict.OK,
                            rules.at("policy").text("?") + " (" + stamp.substring(0, Math.min(12, stamp.length()))
                                    + ")",
                            ""));
                }
            }
            return presence;
        } catch (CommandException e) {
            findings.add(new Finding("daemon", Verdict.FAIL, "does not answer", String.valueOf(e.getMessage())));
            return new Absent();
        }
    }

    private static Json daemon(Presence presence) {
        return presence instanceof Ready(Json health)
                ? Json.object(
                        "running",
                        true,
                        "pid",
                        health.at("pid").number(0),
                        "model",
                        health.at("model").text(""))
                : Json.object("running", presence instanceof Starting);
    }

    private static Json port(Presence presence, List<Finding> findings) {
        boolean ours =
                presence instanceof Ready(Json health) && health.at("port").number(0) == PORT;
        boolean free = false;
        if (!ours) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT));
                free = true;
            } catch (IOException _) {
                // taken
            }
        }
        findings.add(new Finding(
                "port " + PORT,
                ours || free ? Verdict.OK : Verdict.NOTE,
                ours ? "the daemon's" : free ? "free" : "taken by another program",
                ours || free ? "" : "telos run works without it; for programs: telos up --port 0"));
        return Json.object("number", PORT, "free", free, "ours", ours);
    }
}
