package telos.bench.labels;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import telos.plans.Laboratory;
import telos.plans.Limits;
import telos.plans.Listener;
import telos.plans.Outcome;
import telos.plans.Plans;
import telos.plans.World;
import telos.plans.syntax.Parsed;
import telos.plans.syntax.Plan;
import telos.plans.syntax.PlanParser;

/** A plan that computes, with marks where its work begins and ends. */
record Workload(String name, String text, Plan plan) {
    private static final List<String> NAMES = List.of("sorting", "totals", "text", "loops", "matching");

    static List<Workload> all() {
        return NAMES.stream().map(Workload::named).toList();
    }

    private static Workload named(String name) {
        try (InputStream file = Workload.class.getResourceAsStream("/labels/" + name + ".py")) {
            if (file == null) {
                throw new IllegalStateException("no plan named " + name);
            }
            return of(name, new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Workload of(String name, String text) {
        return switch (PlanParser.parse(text)) {
            case Parsed.Accepted(Plan plan) -> new Workload(name, text, plan);
            case Parsed.Refused(var fault) -> throw new IllegalStateException(name + ": " + fault.describe());
        };
    }

    /** Runs it; the office then knows what it told and how long its work took. */
    void run(Office office, boolean labels) {
        if (labels) {
            runIn(office);
        } else {
            ended(Laboratory.unlabelled(plan, office, Listener.DEAF, Limits.USUAL));
        }
    }

    /** Runs it with labels in any world. */
    void runIn(World world) {
        ended(Plans.run(plan, world, Listener.DEAF, Limits.USUAL));
    }

    private void ended(Outcome outcome) {
        if (!(outcome instanceof Outcome.Ok)) {
            throw new IllegalStateException(name + " does not run to its end: " + outcome);
        }
    }
}
