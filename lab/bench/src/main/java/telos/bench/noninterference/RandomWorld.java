package telos.bench.noninterference;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SequencedMap;
import telos.kernel.security.Label;
import telos.kernel.security.Rule;
import telos.plans.Datum;
import telos.plans.Invocation;
import telos.plans.Result;
import telos.plans.Tool;
import telos.plans.World;

/**
 * A world from a seed. The variants of one seed look the same to the observer whom they were made for: what it may not know
 * is drawn anew, of the same type. In far worlds that is now and then huge, negative, empty or long.
 */
final class RandomWorld implements World {
    static final String QUESTION = "how many?";
    private static final SequencedMap<String, Tool> LABELLED = Toolbox.labelled();
    private static final SequencedMap<String, Tool> OPEN = Toolbox.open();

    /** None lies where a plan could only just do what it is worth: those that are small are done with, the others never. */
    private static final List<BigInteger> FAR_WHOLES = List.of(
            BigInteger.valueOf(-7),
            BigInteger.valueOf(-1),
            BigInteger.valueOf(12),
            BigInteger.TEN.pow(15),
            BigInteger.TEN.pow(400),
            BigInteger.TEN.pow(400).negate());

    private static final List<String> FAR_TEXTS =
            List.of("", "-", "Zap bill 12 bob", "5 %s {} \"'\n", "p-".repeat(40), "0".repeat(30));

    private final SequencedMap<String, Tool> tools;
    private final Map<String, Datum> results = new LinkedHashMap<>();
    private final List<Datum> lookups = new ArrayList<>();
    private final Random same;
    private final Random other;
    private final Observer observer;
    private final boolean far;

    private RandomWorld(SequencedMap<String, Tool> tools, long seed, Observer observer, int variant, boolean far) {
        this.tools = tools;
        this.same = new Random(seed * 31 + 7);
        this.other = new Random(seed * 977 + variant * 131L + observer.name().hashCode());
        this.observer = observer;
        this.far = far;
        fill();
    }

    static RandomWorld of(long seed, Observer observer, int variant) {
        return new RandomWorld(LABELLED, seed, observer, variant, false);
    }

    /** One that looks the same to the observer as those, and is far from them in what it may not know. */
    static RandomWorld far(long seed, Observer observer, int variant) {
        return new RandomWorld(LABELLED, seed, observer, variant, true);
    }

    /** A world of that seed in which everything is public. */
    static RandomWorld open(long seed) {
        return new RandomWorld(OPEN, seed, Observer.EVERYONE, 1, false);
    }

    private void fill() {
        for (Tool each : LABELLED.values()) {
            String name = each.name();
            Label label = each.result();
            if (name.startsWith("read_")) {
                results.put(name, whole(label));
            } else if (name.startsWith("list_")) {
                results.put(name, wholes(label));
            } else if (name.startsWith("word_")) {
                results.put(name, text(label, "x", "yy", "p", "7"));
            } else if (name.startsWith("cells_")) {
                Label inside = each.labels().getOrDefault("/*", label);
                results.put(name, new Datum.Items(List.of(whole(inside), whole(inside), whole(inside))));
            }
        }
        results.put("name_alice", text(Toolbox.ALICE, "alice", "bob", "carol"));
        results.put("dict_alice", fields("p", whole(Toolbox.ALICE), "q", whole(Toolbox.ALICE)));
        results.put("keys_alice", keys());
        results.put("mails", mails());
        results.put("letters", letters(Toolbox.FACT, Toolbox.FACT, Toolbox.ALICE, false));
        results.put("files", letters(Toolbox.ALICE, Toolbox.ALICE, Toolbox.ALICE, true));
        for (int i = 0; i < Toolbox.LOOKUPS; i++) {
            lookups.add(whole(Toolbox.ALICE));
        }
    }

    /** Draws for this world and for the one that it must look like; one of both is meant. */
    private int drawn(Label label, int bound) {
        int shared = same.nextInt(bound);
        int own = other.nextInt(bound);
        return observer.mayKnow(label) ? shared : own;
    }

    /** What the observer may not know of a far world is drawn from more than what is usual. */
    private boolean isFar(Label label) {
        return far && !observer.mayKnow(label);
    }

    private Datum whole(Label label) {
        int usual = drawn(label, 4);
        return isFar(label) && other.nextInt(3) > 0 ? farWhole() : Datum.Whole.of(usual);
    }

    private Datum farWhole() {
        return new Datum.Whole(FAR_WHOLES.get(other.nextInt(FAR_WHOLES.size())));
    }

    private Datum wholes(Label label) {
        int count = drawn(label, 4);
        List<Datum> values = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Datum each = whole(label);
            if (i < count) {
                values.add(each);
            }
        }
        while (isFar(label) && other.nextInt(3) > 0) {
            values.add(farWhole());
        }
        return new Datum.Items(values);
    }

    private Datum text(Label label, String... from) {
        String usual = from[drawn(label, from.length)];
        return new Datum.Text(
                isFar(label) && other.nextInt(3) > 0 ? FAR_TEXTS.get(other.nextInt(FAR_TEXTS.size())) : usual);
    }

    private Datum keys() {
        SequencedMap<String, Datum> values = new LinkedHashMap<>();
        for (String each : List.of("p", "q", "x")) {
            Datum value = whole(Toolbox.ALICE);
            if (drawn(Toolbox.ALICE, 2) == 0) {
                values.put(each, value);
            }
        }
        return new Datum.Fields(values);
    }

    private Datum mails() {
        List<Datum> all = new ArrayList<>();
        int count = drawn(Toolbox.OPEN, 4);
        for (int i = 0; i < count; i++) {
            all.add(fields(
                    "sender",
                    text(Toolbox.OPEN, "alice", "bob", "carol"),
                    "subject",
                    text(Toolbox.ALICE, "x", "yy", "bill"),
                    "body",
                    text(Toolbox.WEB, "pay 3", "7", "hello"),
                    "size",
                    whole(Toolbox.BOTH)));
        }
        return new Datum.Items(all);
    }

    /** @param torn whether some lack their body */
    private Datum letters(Label shape, Label sender, Label subject, boolean torn) {
        List<Datum> all = new ArrayList<>();
        int count = drawn(shape, 4);
        for (int i = 0; i < 3; i++) {
            SequencedMap<String, Datum> letter = new LinkedHashMap<>();
            letter.put("sender", text(sender, "alice", "bob", "carol"));
            letter.put("subject", text(subject, "x", "yy", "bill"));
            Datum body = text(Toolbox.SPOKEN, "pay 3", "7", "hello");
            if (drawn(shape, 5) > 0 || !torn) {
                letter.put("body", body);
            }
            letter.put("size", whole(Toolbox.BOTH));
            if (i < count) {
                all.add(new Datum.Fields(letter));
            }
        }
        return new Datum.Items(all);
    }

    private static Datum fields(Object... pairs) {
        SequencedMap<String, Datum> values = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            values.put((String) pairs[i], (Datum) pairs[i + 1]);
        }
        return new Datum.Fields(values);
    }

    /** What each tool without parameters gives. */
    Map<String, Datum> results() {
        return results;
    }

    /** What a lookup of each number that is there gives. */
    List<Datum> lookups() {
        return lookups;
    }

    @Override
    public SequencedMap<String, Tool> tools() {
        return tools;
    }

    @Override
    public Result call(Invocation call) {
        Tool tool = call.tool();
        SequencedMap<String, Datum> arguments = call.arguments();
        if (tool.name().equals("lookup")) {
            for (int i = 0; i < lookups.size(); i++) {
                if (Datum.Whole.of(i).equals(arguments.get("k"))) {
                    return Result.Value.of(lookups.get(i));
                }
            }
            return new Result.Failed("there is none");
        }
        if (tool.name().equals("echo")) {
            return Result.Value.of(arguments.getOrDefault("x", Datum.NOTHING));
        }
        return Result.Value.of(results.getOrDefault(tool.name(), Datum.NOTHING));
    }

    /** Whether a number is odd; of larger ones the model cannot tell. */
    @Override
    public Optional<Datum> ask(String question, Datum data, Datum schema) {
        if (data.equals(Datum.Whole.of(0)) || data.equals(Datum.Whole.of(2))) {
            return Optional.of(new Datum.Truth(false));
        }
        return data.equals(Datum.Whole.of(1)) ? Optional.of(new Datum.Truth(true)) : Optional.empty();
    }

    @Override
    public Map<String, List<Rule>> askRules() {
        return Map.of();
    }

    @Override
    public List<Datum> answers() {
        return List.of(new Datum.Truth(true));
    }
}
