package telos.bench.labels;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import telos.kernel.security.Integrity;
import telos.kernel.security.Label;
import telos.kernel.security.Readers;
import telos.kernel.security.Rule;
import telos.plans.Datum;
import telos.plans.Invocation;
import telos.plans.Parameter;
import telos.plans.Result;
import telos.plans.Tool;
import telos.plans.World;

/**
 * Orders and mails that only one person may read; how many there are and which fields they have is no secret. A plan tells
 * that person what came out, and marks where its work begins and ends.
 */
final class Office implements World {
    static final String MARK = "mark";

    /** The tools that give data. */
    static final List<String> READINGS = List.of("orders", "mails");

    private static final int ORDERS = 1200;
    private static final int MAILS = 250;
    private static final String READER = "alice";
    private static final List<String> REGIONS = List.of("north", "east", "south", "west");
    private static final List<String> WORDS = List.of(
            "the",
            "report",
            "of",
            "Monday",
            "budget,",
            "meeting",
            "is",
            "late.",
            "please",
            "review",
            "we",
            "agreed",
            "numbers",
            "and",
            "travel",
            "plan!",
            "to",
            "customer",
            "a",
            "delivery?");

    private final SequencedMap<String, Tool> tools = new LinkedHashMap<>();
    private final Map<String, Datum> results;
    private final Stopwatch watch = new Stopwatch();
    private String told = "";

    Office() {
        Label open = Label.BOTTOM;
        add(MARK, List.of(), false, open, Map.of());
        add("orders", List.of(), false, Label.of(Integrity.TRUSTED, Readers.of(READER)), Map.of());
        add("mails", List.of(), false, Label.of(Integrity.UNTRUSTED, Readers.of(READER)), Map.of());
        add(
                "tell",
                List.of(Parameter.required("text")),
                true,
                open,
                Map.of("text", List.of(Rule.told(Readers.of(READER)))));
        results = Map.of(
                "orders",
                orders(new Random(1)),
                "mails",
                mails(new Random(2)),
                MARK,
                Datum.NOTHING,
                "tell",
                Datum.NOTHING);
    }

    private void add(
            String name, List<Parameter> parameters, boolean effect, Label secret, Map<String, List<Rule>> rules) {
        SequencedMap<String, Label> labels = new LinkedHashMap<>();
        if (!secret.isBottom()) {
            labels.put("", Label.BOTTOM);
            labels.put("/*", Label.BOTTOM);
            labels.put("/*/*", secret);
        }
        tools.put(name, new Tool(name, parameters, effect, rules, secret, labels, false, List.of()));
    }

    private static Datum orders(Random random) {
        List<Datum> rows = new ArrayList<>();
        for (int i = 0; i < ORDERS; i++) {
            SequencedMap<String, Datum> row = new LinkedHashMap<>();
            row.put("id", Datum.Whole.of(i));
            row.put("customer", new Datum.Text("customer " + random.nextInt(300)));
            row.put("region", new Datum.Text(REGIONS.get(random.nextInt(REGIONS.size()))));
            row.put("price", Datum.Whole.of(random.nextInt(1000)));
            row.put("quantity", Datum.Whole.of(1 + random.nextInt(9)));
            rows.add(new Datum.Fields(row));
        }
        return new Datum.Items(rows);
    }

    private static Datum mails(Random random) {
        List<Datum> rows = new ArrayList<>();
        for (int i = 0; i < MAILS; i++) {
            SequencedMap<String, Datum> row = new LinkedHashMap<>();
            row.put("from", new Datum.Text("person" + random.nextInt(40) + "@example.com"));
            row.put("subject", new Datum.Text("Re: " + words(random, 4)));
            row.put("body", new Datum.Text(words(random, 40)));
            rows.add(new Datum.Fields(row));
        }
        return new Datum.Items(rows);
    }

    private static String words(Random random, int count) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            words.add(WORDS.get(random.nextInt(WORDS.size())));
        }
        return String.join(" ", words);
    }

    /** What a tool gives. */
    Datum result(String tool) {
        return results.getOrDefault(tool, Datum.NOTHING);
    }

    Stopwatch watch() {
        return watch;
    }

    /** What the plan told last. */
    String told() {
        return told;
    }

    @Override
    public SequencedMap<String, Tool> tools() {
        return tools;
    }

    @Override
    public Result call(Invocation call) {
        Tool tool = call.tool();
        SequencedMap<String, Datum> arguments = call.arguments();
        if (tool.name().equals(MARK)) {
            watch.mark();
        } else if (arguments.get("text") instanceof Datum.Text(String text)) {
            told = text;
        }
        return Result.Value.of(result(tool.name()));
    }
}
