package telos.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether programs that were written for other servers work with this one, by their official clients. */
final class ClientsBench implements Bench {
    /** Of one check; the longest generate some hundred tokens, on a machine that may be busy. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** What the requests that are broken off ask for at least: 600 numbers, each with a comma. */
    private static final int CANCELLED_TOKENS = 1000;

    private final Project project;

    ClientsBench(Project project) {
        this.project = project;
    }

    @Override
    public String name() {
        return "clients";
    }

    @Override
    public String about() {
        return "official clients, unmodified, against a daemon with the built-in model and no scripted answers: chat,"
                + " streams, tool loops, structured output, embeddings, responses, errors and cancelling, as far as each"
                + " client has them. It checks what the client makes of an answer, not how clever the answer is.";
    }

    @Override
    public List<String> options() {
        return List.of("--only NAME");
    }

    /** One that serves the owner without a key, and one that asks everybody for a key. */
    private record Daemons(Launcher telos, AdminSocket admin, Launcher guarded, AdminSocket guardedAdmin) {

        /** What the client is told, a key of its own among it. */
        Map<String, String> environment(Client client) throws BenchException, IOException, InterruptedException {
            String key = guarded.run("key", "create", client.name(), "--rate", "1/min")
                    .printed()
                    .strip();
            return Map.of(
                    "TELOS_MODEL",
                    "telos-mini",
                    "TELOS_URL",
                    "http://127.0.0.1:" + admin.port(),
                    "TELOS_GUARDED_URL",
                    "http://127.0.0.1:" + guardedAdmin.port(),
                    "TELOS_KEY",
                    key);
        }
    }

    @Override
    public Figures run(Options options, Console out) throws BenchException, InterruptedException {
        List<Client> clients = chosen(options.text("--only"));
        project.builtInModel();
        try (Scratch scratch = Scratch.make();
                Scratch guardedScratch = Scratch.make()) {
            Launcher telos = new Launcher(project, scratch.folder());
            Launcher guarded = new Launcher(project, guardedScratch.folder());
            telos.run("up", "--detach", "--port", "0");
            try {
                guarded.run("key", "create", "nobody");
                guarded.run("up", "--detach", "--port", "0");
                Daemons daemons = new Daemons(
                        telos,
                        new AdminSocket(scratch.resolve("telos.sock")),
                        guarded,
                        new AdminSocket(guardedScratch.resolve("telos.sock")));
                return measure(clients, daemons, scratch, out);
            } catch (IOException e) {
                throw new BenchException("the daemon cannot be asked: " + e.getMessage(), e);
            } finally {
                telos.run("down");
                guarded.run("down");
            }
        }
    }

    private static Figures measure(List<Client> clients, Daemons daemons, Scratch scratch, Console out)
            throws BenchException, IOException, InterruptedException {
        CancelWatch watch = new CancelWatch.OfDaemon(daemons.telos(), daemons.admin(), CANCELLED_TOKENS);
        Path log = scratch.resolve("client.log");
        Figures each = new Figures();
        int passed = 0;
        int failed = 0;
        int skipped = 0;
        for (Client client : clients) {
            out.line(client.name() + ": " + client.about());
            switch (ClientBuild.of(client, log)) {
                case ClientBuild.Ready _ -> {
                    ClientRun run = new ClientRun(watch, PATIENCE, out);
                    run.run(client.command(), daemons.environment(client), log);
                    passed += run.passed().size();
                    failed += run.failed().size();
                    each.put(client.name() + "_passed", run.passed().size());
                    each.put(client.name() + "_failed", run.failed().size());
                }
                case ClientBuild.Missing(String why) -> {
                    out.line("  skipped: " + why);
                    skipped++;
                    each.put(client.name() + "_skipped", 1);
                }
                case ClientBuild.Broken(String why) -> {
                    out.line("  failed  " + why);
                    failed++;
                    each.put(client.name() + "_failed", 1);
                }
            }
        }
        Figures figures = new Figures()
                .put("passed", passed)
                .put("failed", failed)
                .put("clients_skipped", skipped)
                .putAll(each);
        return failed == 0 ? figures : figures.broken();
    }

    private List<Client> chosen(Optional<String> only) throws BenchException {
        List<Client> all = Client.all(project.root().resolve("lab/clients"));
        if (only.isEmpty()) {
            return all;
        }
        List<Client> chosen =
                all.stream().filter(client -> client.name().equals(only.get())).toList();
        if (chosen.isEmpty()) {
            throw BenchException.usage("no client named '" + only.get() + "'; known are "
                    + String.join(", ", all.stream().map(Client::name).toList()));
        }
        return chosen;
    }
}
