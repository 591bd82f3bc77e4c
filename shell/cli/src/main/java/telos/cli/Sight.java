package telos.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import telos.cli.clock.Clock;
import telos.cli.clock.Division;
import telos.cli.clock.Entity;
import telos.cli.clock.Figures;
import telos.cli.clock.Settings;
import telos.cli.top.Kind;
import telos.cli.top.Row;
import telos.cli.top.Sample;
import telos.cli.top.Source;
import telos.cli.wire.Json;

/** What {@code telos top} sees of a daemon, and does to it. */
final class Sight implements Source {
    /** By what path agents of {@code telos run} are known where tokens are divided, before their numbers. */
    private static final String OWN = "local/agent-";

    private final DaemonClient client;
    private Sample last = Sample.NONE;

    Sight(DaemonClient client) {
        this.client = client;
    }

    /** All that there is to see, in one object; what an older daemon does not have is null. */
    Json look() throws CommandException {
        return Json.object(
                "health",
                client.fetch("/health"),
                "memory",
                client.find("/memory").at("blocks"),
                "agents",
                client.find("/agents").at("agents"),
                "programs",
                client.find("/programs").at("programs"),
                "sched",
                client.find("/sched"));
    }

    @Override
    public Sample sample() {
        try {
            last = sample(look());
            return last;
        } catch (CommandException e) {
            return last.but(said(e));
        }
    }

    @Override
    public String kill(Row row) {
        try {
            return switch (row.kind()) {
                case AGENT, PROGRAM, REQUEST -> kill(row, Target.of(row.id()));
                case TENANT -> "a tenant is not killed; its agents and requests can be, and its key be revoked";
            };
        } catch (CommandException e) {
            return said(e);
        }
    }

    /** What has no number of its own, a client's agent or request, is known where tokens are divided. */
    private String kill(Row row, Target known) throws CommandException {
        boolean owned = known instanceof Target.Agent || known instanceof Target.Program;
        Target target = owned ? known : row.entity().map(Target::of).orElse(known);
        return row.kind().word() + " " + row.id() + (target.kill(client) ? " is told to stop" : " has ended already");
    }

    @Override
    public String weigh(Row row, long weight) {
        try {
            if (Target.of(row.id()) instanceof Target.Program(long id)) {
                client.ask("PATCH", "/programs/" + id, Json.object("weight", weight));
            } else if (row.entity().isPresent()) {
                client.ask("POST", "/sched/entity", Settings.weight(row.entity().get(), weight));
            } else {
                return row.kind().word() + " " + row.id() + " has no weight of its own";
            }
            return row.kind().word() + " " + row.id() + " has the weight " + weight + " now";
        } catch (CommandException e) {
            return said(e);
        }
    }

    private static String said(CommandException e) {
        return Paint.line(String.valueOf(e.getMessage()));
    }

    /** Makes rows of what was seen. */
    static Sample sample(Json seen) {
        Division division = Division.of(seen.at("sched"));
        List<Row> rows = new ArrayList<>();
        Set<String> shown = new HashSet<>();
        for (Json each : seen.at("agents").items()) {
            Optional<Entity> account =
                    division.named(OWN + each.at("id").number(0)).stream().findFirst();
            account.ifPresent(entity -> shown.add(entity.id()));
            rows.add(agent(each, account));
        }
        seen.at("programs").items().forEach(each -> rows.add(program(each)));
        long running = 0;
        long waiting = 0;
        for (Clock clock : division.clocks()) {
            if (clock.ofPrograms()) {
                continue; // their rows say more
            }
            for (Entity entity : clock.entities()) {
                if (entity.isActive() && !shown.contains(entity.id())) {
                    rows.add(entity(entity));
                }
                running += entity.depth() == 0 ? entity.running() : 0;
                waiting += entity.depth() == 0 ? entity.waiting() : 0;
            }
        }
        return new Sample(title(seen, division, running, waiting, rows), rows, "");
    }

    private static List<String> title(Json seen, Division division, long running, long waiting, List<Row> rows) {
        Json health = seen.at("health");
        Json blocks = seen.at("memory");
        String first = "telos " + health.at("version").text("?") + ", model "
                + Paint.line(health.at("model").text("?")) + ", up "
                + Figures.span(health.at("uptime_seconds").decimal(0)) + ", policy " + Paint.line(division.policy());
        String second = running + " requests run, " + waiting + " wait; " + count(rows, Kind.AGENT) + " agents, "
                + count(rows, Kind.PROGRAM) + " programs; " + blocks.at("used").number(0) + " of "
                + blocks.at("total").number(0) + " KV blocks used";
        return List.of(first, second);
    }

    private static long count(List<Row> rows, Kind kind) {
        return rows.stream().filter(row -> row.kind() == kind).count();
    }

    private static Row agent(Json each, Optional<Entity> account) {
        double tokens = each.at("tokens").decimal(0);
        return new Row(
                Kind.AGENT,
                "" + each.at("id").number(0),
                Paint.line(each.at("name").text("?")),
                Paint.line(each.at("state").text("?").toLowerCase(Locale.ROOT).replace('_', ' ')),
                account.map(Entity::id),
                account.isPresent() ? OptionalLong.of(account.get().weight()) : OptionalLong.empty(),
                account.map(Entity::asked).orElse(0.0),
                account.map(Entity::got).orElse(0.0),
                account.map(Entity::waitedSeconds).orElse(0.0),
                tokens,
                Figures.large(tokens),
                each.at("age_seconds").decimal(0),
                Paint.line(each.at("request").text("")));
    }

    private static Row program(Json each) {
        double cpu = each.at("cpu_seconds").decimal(0);
        return new Row(
                Kind.PROGRAM,
                "p" + each.at("id").number(0),
                Paint.line(each.at("name").text("?")),
                Paint.line(each.at("state").text("?").toLowerCase(Locale.ROOT)),
                Optional.empty(),
                OptionalLong.of(each.at("weight").number(0)),
                each.at("share_asked").decimal(0),
                each.at("share_got").decimal(0),
                0,
                cpu,
                Figures.span(cpu),
                each.at("age_seconds").decimal(0),
                "CPUs " + Paint.line(each.at("cpus").text("?")) + " by "
                        + Paint.line(each.at("by").text("?")));
    }

    private static Row entity(Entity entity) {
        Kind kind = switch (entity.level()) {
            case "tenant" -> Kind.TENANT;
            case "agent" -> Kind.AGENT;
            default -> Kind.REQUEST;
        };
        return new Row(
                kind,
                Paint.line(entity.id().substring(Math.max(0, entity.id().lastIndexOf('#')))),
                Paint.line(entity.path()),
                Paint.line(entity.phase()),
                Optional.of(entity.id()),
                OptionalLong.of(entity.weight()),
                entity.asked(),
                entity.got(),
                entity.waitedSeconds(),
                entity.attained(),
                Figures.large(entity.attained()),
                0,
                Paint.line(entity.clock()));
    }
}
