package telos.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;
import telos.cli.DaemonClient.Absent;
import telos.cli.wire.Json;
import telos.plans.policy.ShippedPolicies;
import telos.server.ClockOptions;
import telos.server.Daemon;
import telos.server.DaemonException;
import telos.server.DaemonLog;
import telos.server.DaemonOptions;
import telos.server.Exposure;
import telos.server.SightOptions;

/** {@code telos up}: the daemon, in this process or detached from it. */
final class UpCommand implements Command {
    private static final System.Logger LOG = System.getLogger(UpCommand.class.getName());
    private static final int PORT = 7717;

    @Override
    public CommandSpec spec() {
        CommandSpec spec = Syntax.command(
                "up",
                "Start the daemon: in the foreground until Ctrl-C, or detached.",
                "telos up",
                "telos up --detach --port 8080",
                "telos up --model ~/models/smollm2-360m-q8_0.gguf --kv-memory 512M --threads 2");
        spec.addOption(Syntax.number(
                "N",
                "The port on 127.0.0.1 that programs speak HTTP to (" + PORT + "); 0 takes any free one.",
                "--port"));
        spec.addOption(Syntax.text(
                "ADDRESS",
                "An address to listen on (127.0.0.1); any but a loopback address needs a key (telos key create) and TLS.",
                "--host"));
        spec.addOption(Syntax.text("FILE", "The server's certificate and those above it, in PEM form.", "--tls-cert"));
        spec.addOption(Syntax.text("FILE", "The certificate's private key, in PEM form (PKCS #8).", "--tls-key"));
        spec.addOption(Syntax.flag(
                "Listen beyond this machine without TLS: keys and prompts can be read on the way.",
                "--insecure-plain-http"));
        spec.addOption(Syntax.text(
                "NAME[,NAME]", "Names that requests may call this machine by, beside its addresses.", "--allow-host"));
        spec.addOption(Syntax.flag("Write prompts and answers into the access log and into traces.", "--log-prompts"));
        spec.addOption(
                Syntax.text("NAME|PATH|URL", "The model that requests use when they name none.", "--model", "-m"));
        spec.addOption(Syntax.number("N", "How many threads compute (one for each core).", "--threads"));
        spec.addOption(
                Syntax.number("N", "The longest sequence, in tokens (what the model was made for).", "--context"));
        spec.addOption(
                Syntax.text("SIZE", "Memory for KV blocks, such as 512M (a share of what is free).", "--kv-memory"));
        spec.addOption(Syntax.text(
                "FACTOR|TIME",
                "How long a step may take while answers are written: a factor of what they take alone (1.4), or a time"
                        + " such as 20ms.",
                "--stall"));
        spec.addOption(Syntax.text(
                "NAME",
                "How work is divided (fair): fair, priority, deadline, round-robin, first-come and others (telos sched).",
                "--sched-policy"));
        spec.addOption(Syntax.text(
                "FILE",
                "What agents may do (telos policy); telos:host, which comes with Telos, or daemon.policy in the"
                        + " daemon's home where it is there.",
                "--policy"));
        spec.addOption(
                Syntax.flag("Return when the daemon answers; its log is shown by telos logs.", "--detach", "-d"));
        spec.addOption(Syntax.hidden(Long.class, "--idle-exit"));
        return spec;
    }

    @Override
    public int run(ParseResult arguments, Session session) throws CommandException {
        Home home = session.home();
        DaemonOptions options = options(arguments, home, session);
        return Syntax.given(arguments, "--detach")
                ? detach(options, home, session)
                : foreground(options, home, session);
    }

    private static DaemonOptions options(ParseResult arguments, Home home, Session session) throws CommandException {
        long idle = Syntax.number(arguments, "--idle-exit", 0, 1, 1 << 30);
        long port = Syntax.number(arguments, "--port", PORT, 0, 65535);
        String memory = Syntax.text(arguments, "--kv-memory");
        return new DaemonOptions(
                home.folder(),
                host(Syntax.text(arguments, "--host")),
                (int) port,
                idle == 0 || Syntax.given(arguments, "--port"),
                ModelArgument.resolve(Syntax.text(arguments, "--model"), session),
                (int) Syntax.number(arguments, "--threads", 0, 1, 1024),
                (int) Syntax.number(arguments, "--context", 0, 16, 1 << 24),
                memory.isEmpty() ? 0 : Bytes.parse("--kv-memory", memory),
                Duration.ofSeconds(idle),
                exposure(arguments, session),
                new SightOptions(Syntax.given(arguments, "--log-prompts"), session.environment()),
                clock(arguments),
                policy(arguments, session));
    }

    private static String policy(ParseResult arguments, Session session) throws CommandException {
        String given = Syntax.text(arguments, "--policy");
        return given.isEmpty() || given.startsWith(ShippedPolicies.PREFIX)
                ? given
                : session.file(given).toString();
    }

    private static ClockOptions clock(ParseResult arguments) throws CommandException {
        String stall = Syntax.text(arguments, "--stall");
        String policy = Syntax.text(arguments, "--sched-policy");
        try {
            return new ClockOptions(
                    policy.isEmpty() ? ClockOptions.USUAL.policy() : policy,
                    stall.isEmpty() ? ClockOptions.USUAL.stall() : stall);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(String.valueOf(e.getMessage()));
        }
    }

    private static String host(String given) throws CommandException {
        return switch (given) {
            case "", "localhost" -> "127.0.0.1";
            case "::1", "[::1]" -> "::1";
            default -> given.startsWith("[") && given.endsWith("]") ? given.substring(1, given.length() - 1) : given;
        };
    }

    private static Exposure exposure(ParseResult arguments, Session session) throws CommandException {
        String certificate = Syntax.text(arguments, "--tls-cert");
        String key = Syntax.text(arguments, "--tls-key");
        if (certificate.isEmpty() != key.isEmpty()) {
            throw CommandException.usage("--tls-cert and --tls-key are given together or not at all");
        }
        Set<String> names = new LinkedHashSet<>();
        for (String name : Syntax.text(arguments, "--allow-host").split(",", -1)) {
            if (!name.isBlank()) {
                names.add(name.strip().toLowerCase(Locale.ROOT));
            }
        }
        return new Exposure(
                certificate.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Exposure.Tls(
                                session.directory().resolve(certificate),
                                session.directory().resolve(key))),
                Syntax.given(arguments, "--insecure-plain-http"),
                names);
    }

    private static int detach(DaemonOptions options, Home home, Session session) throws CommandException {
        List<String> words = new ArrayList<>(List.of("up", "--port", "" + options.port(), "--host", options.host()));
        if (!options.model().isEmpty()) {
            words.addAll(List.of("--model", options.model()));
        }
        options.exposure()
                .tls()
                .ifPresent(tls -> words.addAll(List.of(
                        "--tls-cert",
                        tls.certificate().toString(),
                        "--tls-key",
                        tls.key().toString())));
        if (options.exposure().plain()) {
            words.add("--insecure-plain-http");
        }
        if (!options.exposure().names().isEmpty()) {
            words.addAll(
                    List.of("--allow-host", String.join(",", options.exposure().names())));
        }
        if (options.sight().words()) {
            words.add("--log-prompts");
        }
        if (!options.clock().equals(ClockOptions.USUAL)) {
            words.addAll(List.of(
                    "--stall",
                    options.clock().stall(),
                    "--sched-policy",
                    options.clock().policy()));
        }
        if (!options.policy().isEmpty()) {
            words.addAll(List.of("--policy", options.policy()));
        }
        if (options.threads() > 0) {
            words.addAll(List.of("--threads", "" + options.threads()));
        }
        if (options.context() > 0) {
            words.addAll(List.of("--context", "" + options.context()));
        }
        if (options.kvMemoryBytes() > 0) {
            words.addAll(List.of("--kv-memory", "" + options.kvMemoryBytes()));
        }
        DaemonStart.Found found = new DaemonStart(session, home).ensure(words);
        Json health = found.health();
        if (!found.started()) {
            throw CommandException.failed("a daemon is running already in " + home.folder() + " (process "
                    + health.at("pid").number(0) + "); stop it first with: telos down");
        }
        session.out()
                .println("telos is up: " + doors(health.at("port").number(0), options, home) + ", model "
                        + Paint.line(health.at("model").text("?")) + ", process "
                        + health.at("pid").number(0));
        return 0;
    }

    private static int foreground(DaemonOptions options, Home home, Session session) throws CommandException {
        home.prepare();
        if (!(new DaemonClient(home).presence() instanceof Absent)) {
            throw CommandException.failed(
                    "a daemon is running already in " + home.folder() + "; stop it first with: telos down");
        }
        try (DaemonLog _ = DaemonLog.install(home.folder());
                Daemon daemon = Daemon.start(options)) {
            Runtime.getRuntime().addShutdownHook(new Thread(daemon::close, "stop"));
            String doors = doors(daemon.port(), options, home);
            LOG.log(System.Logger.Level.INFO, "up on " + doors);
            session.err().println("telos: up on " + doors);
            daemon.await();
            return 0;
        } catch (DaemonException e) {
            LOG.log(System.Logger.Level.ERROR, "did not start: {0}", e.getMessage());
            throw CommandException.failed(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw CommandException.failed("cannot write to " + home.log() + ": " + Home.reason(e));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private static String doors(long port, DaemonOptions options, Home home) {
        String host = options.host().contains(":") ? "[" + options.host() + "]" : options.host();
        String scheme = options.exposure().tls().isPresent() ? "https" : "http";
        return (port > 0 ? scheme + "://" + host + ":" + port + " and " : "") + home.socket();
    }
}
