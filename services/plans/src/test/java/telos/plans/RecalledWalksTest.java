package telos.plans;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import telos.kernel.security.Integrity;
import telos.kernel.security.Label;
import telos.kernel.security.Readers;
import telos.kernel.security.Rule;
import telos.plans.syntax.Parsed;
import telos.plans.syntax.PlanParser;
import telos.plans.values.Box;
import telos.plans.values.BudgetSpent;
import telos.plans.values.Outline;
import telos.plans.values.PlanFailure;
import telos.plans.values.Value;

/**
 * A walk that was made before is not made again, what nothing tells apart is walked as one thing, and an operation on what is
 * like what it was on before is not told anew. None of that may be told from any value, label, outline, count or ending: each
 * random plan is run with all of it and without.
 */
class RecalledWalksTest {
    private static final int PLANS = 200;

    private static final Label ALICE = Label.of(Integrity.TRUSTED, Readers.of("alice"));
    private static final Label BOB = Label.of(Integrity.TRUSTED, Readers.of("bob"));
    private static final Label DOUBTED = Label.of(Integrity.UNTRUSTED, Readers.EVERYONE);

    /** Rows of which everybody may know how many there are and which fields they have, and two numbers. */
    private static final class Rows implements World {
        private final SequencedMap<String, Tool> tools = new LinkedHashMap<>();
        private final Datum rows;

        Rows(Datum rows, Map<String, Label> labels) {
            this.rows = rows;
            add("rows", List.of(), ALICE, labels);
            add("secret", List.of(), ALICE, Map.of());
            add("other", List.of(), DOUBTED, Map.of());
            add("bobs", List.of(), BOB, Map.of());
            add("send", List.of(Parameter.required("x")), Label.BOTTOM, Map.of());
        }

        private void add(String name, List<Parameter> parameters, Label label, Map<String, Label> labels) {
            Map<String, List<Rule>> rules =
                    parameters.isEmpty() ? Map.of() : Map.of("x", List.of(Rule.told(Readers.of("alice"))));
            SequencedMap<String, Label> parts = new LinkedHashMap<>();
            if (!labels.isEmpty()) {
                parts.put("", Label.BOTTOM);
                parts.put("/*", Label.BOTTOM);
                parts.putAll(labels);
            }
            tools.put(name, new Tool(name, parameters, !rules.isEmpty(), rules, label, parts, false, List.of()));
        }

        @Override
        public SequencedMap<String, Tool> tools() {
            return tools;
        }

        @Override
        public Result call(Invocation call) {
            return Result.Value.of(
                    switch (call.tool().name()) {
                        case "rows" -> rows;
                        case "secret" -> Datum.Whole.of(3);
                        case "other" -> Datum.Whole.of(5);
                        case "bobs" -> Datum.Whole.of(4);
                        default -> Datum.NOTHING;
                    });
        }
    }

    /** Everything that a run leaves, in words; objects are named by when they are met. */
    private static String left(Machine machine, String ending) {
        StringBuilder all = new StringBuilder(ending);
        all.append('\n').append(machine.progress).append(' ').append(machine.pc);
        all.append(' ').append(machine.account()).append('\n');
        IdentityHashMap<Object, Integer> met = new IdentityHashMap<>();
        for (int i = 0; i < machine.root.slots.length; i++) {
            Label hollow = machine.root.hollow == null ? null : machine.root.hollow[i];
            all.append(i).append(' ').append(hollow).append(": ");
            write(all, machine.root.slots[i], met, machine);
            all.append('\n');
        }
        return all.toString();
    }

    private static void write(
            StringBuilder to, @Nullable Value value, IdentityHashMap<Object, Integer> met, Machine machine) {
        if (value == null) {
            to.append("none");
            return;
        }
        Integer before = met.putIfAbsent(value.payload(), met.size());
        to.append(value.payload().kind()).append(' ').append(value.label()).append(' ');
        if (!Machine.holds(value.payload())) {
            to.append(value.payload()).append(' ');
        }
        write(to, value.outline());
        if (before != null) {
            to.append('#').append(before);
            return;
        }
        if (value.payload() instanceof Box box) {
            to.append(" shape ").append(box.shape()).append(" floor ").append(box.floor());
            to.append(" group ").append(machine.groups.members(box).size()).append(' ');
            write(to, box.outline());
        }
        to.append('[');
        if (value.payload() instanceof Box box) {
            long elsewhere = box.elsewhere().stream()
                    .map(machine.groups::place)
                    .distinct()
                    .count();
            to.append(elsewhere).append(" elsewhere, ");
        }
        for (Value each : Contents.here(value.payload())) {
            write(to, each, met, machine);
            to.append(", ");
        }
        to.append(']');
    }

    private static void write(StringBuilder to, @Nullable Outline outline) {
        to.append(outline == null ? "-" : outline.toString());
    }

    /**
     * What a run came to.
     *
     * @param recalled how many walks were not made again
     * @param herded how many lists were walked as one thing
     * @param repeated how many operations were told in each of the short ways
     */
    private record Ran(String left, int recalled, int herded, Map<Shortcut, Integer> repeated) {}

    private static Ran run(String text, World world, boolean remembers) {
        Parsed.Accepted parsed = (Parsed.Accepted) PlanParser.parse(text);
        Listener listener = new OnEffect((_, _) -> {});
        Compiler.Compiled compiled;
        try {
            compiled = Compiler.compile(parsed.plan(), Plans.globals(world));
        } catch (Compiler.Refusal refusal) {
            throw new AssertionError(refusal);
        }
        Machine machine =
                new Machine(world, Rules.ALL, Limits.USUAL, listener, System.nanoTime() + 60_000_000_000L, compiled);
        machine.remembers = remembers;
        String ending;
        try {
            compiled.body().run(machine.root);
            ending = "ok";
        } catch (Machine.Refused refused) {
            ending = "denied " + refused.position + refused.reason;
        } catch (Unforeseen fault) {
            ending = "unforeseen " + fault.getMessage();
        } catch (PlanFailure failure) {
            ending = "failed " + failure.exception().message() + failure.label();
        } catch (BudgetSpent spent) {
            ending = "spent " + spent.getMessage();
        }
        Map<Shortcut, Integer> repeated = new EnumMap<>(Shortcut.class);
        for (Shortcut each : Shortcut.values()) {
            if (machine.repeated(each) > 0) {
                repeated.put(each, 1);
            }
        }
        return new Ran(left(machine, ending), machine.recalled, machine.herded, repeated);
    }

    @Test
    void nothingTellsThatAWalkWasMadeBefore() {
        int ended = 0;
        int recalled = 0;
        int herded = 0;
        Map<Shortcut, Integer> repeated = new EnumMap<>(Shortcut.class);
        for (int seed = 0; seed < PLANS; seed++) {
            Writer writer = new Writer(new Random(seed));
            String plan = writer.plan();
            World world = writer.world();
            Ran with = run(plan, world, true);
            Ran without = run(plan, world, false);
            assertThat(with.left()).as("seed %s:%n%s", seed, plan).isEqualTo(without.left());
            assertThat(with.left()).as("seed %s:%n%s", seed, plan).doesNotStartWith("unforeseen");
            assertThat(without.recalled() + without.herded()).isZero();
            assertThat(without.repeated()).isEmpty();
            ended += with.left().startsWith("ok") ? 1 : 0;
            recalled += with.recalled() > 0 ? 1 : 0;
            herded += with.herded() > 0 ? 1 : 0;
            with.repeated().forEach((by, one) -> repeated.merge(by, one, Integer::sum));
        }
        assertThat(ended).isGreaterThan(PLANS / 3);
        assertThat(recalled).as("plans in which a walk was recalled").isGreaterThanOrEqualTo(PLANS / 20);
        for (Shortcut each : Shortcut.values()) {
            assertThat(repeated.getOrDefault(each, 0)).as("plans with %s", each).isGreaterThanOrEqualTo(PLANS / 40);
        }
        assertThat(herded).as("plans in which rows were walked as one thing").isGreaterThanOrEqualTo(PLANS / 20);
    }

    private static void isTheSame(String plan, Map<String, Label> labels) {
        List<Datum> rows = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            SequencedMap<String, Datum> row = new LinkedHashMap<>();
            row.put("a", Datum.Whole.of(i));
            row.put("b", Datum.Whole.of(i));
            rows.add(new Datum.Fields(row));
        }
        World world = new Rows(new Datum.Items(rows), labels);
        String text = "rows = rows()\ns = secret()\nt = other()\nb = bobs()\n" + plan;
        assertThat(run(text, world, true).left())
                .startsWith("ok")
                .isEqualTo(run(text, world, false).left());
    }

    /** The same, of a plan some of whose walks are surely not made again. */
    private static void isRecalled(String plan) {
        isTheSame(plan, Map.of("/*/*", ALICE));
        List<Datum> rows = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            SequencedMap<String, Datum> row = new LinkedHashMap<>();
            row.put("a", Datum.Whole.of(i % 7));
            row.put("b", Datum.Whole.of(i));
            rows.add(new Datum.Fields(row));
        }
        World world = new Rows(new Datum.Items(rows), Map.of("/*/*", ALICE));
        String text = "rows = rows()\ns = secret()\nt = other()\nb = bobs()\n" + plan;
        Ran with = run(text, world, true);
        assertThat(with.left())
                .startsWith("ok")
                .isEqualTo(run(text, world, false).left());
        assertThat(with.recalled()).as(plan).isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "l = []\nfor i in range(40):\n    if s > i:\n        l.append(s)\n",
                "l = []\nfor row in rows:\n    if row['a'] > 3:\n        l.append(row['b'])\nn = len(l)\n",
                "d = {}\nfor row in rows:\n    if row['a'] not in d:\n        d[row['a']] = row['b']\n",
                "d = {}\nfor row in rows:\n    if row['a'] > 2:\n        d[row['a']] = d.get(row['a'], 0) + 1\n",
                "d = {'n': 0}\nfor row in rows:\n    if row['a'] > 2:\n        d['n'] += row['b']\n",
                "q = set()\nfor row in rows:\n    if row['a'] > 2:\n        q.add(row['b'])\n",
                "x = 0\nfor row in rows:\n    if row['a'] > 2:\n        x += 1\n",
                "x = 0\nfor row in rows:\n    if row['a'] > 2:\n        x -= row['b']\ny = x + x\n",
                "d = {}\nfor row in sorted(rows, key=lambda r: -r['b']):\n    if row['a'] not in d:\n        d[row['a']] = row['b']\n",
                "d = {}\nfor row in sorted(rows, key=lambda r: r['a']):\n    if row['b'] > 3:\n        d[row['b']] = 1\n    if row['a'] > 4:\n        row['a'] = t\n",
                "n = 0\nfor i in range(9):\n    for w in [1, 2, 3][:s % 4]:\n        n += w\n",
                "n = 0\nd = {}\nfor i in range(9):\n    for w in [1, 2, 3][:s % 4]:\n        n = w\n        d[w] = d.get(w, 0) + 1\n",
                "for i in range(9):\n    for w in [1, 2, 3][:s % 4]:\n        u = w\n    if i == 4:\n        u = 'a'\n",
            })
    void walksThatChangeThingsAreRecalledOnlyWhereTheyWouldBeTheSame(String plan) {
        isRecalled(plan);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "l = []\nm = []\nfor i in range(40):\n    k = l if i % 3 else m\n    if s > i:\n        k.append(i)\n        l.append(1)\n",
                "l = []\nm = l\nfor i in range(30):\n    if s > i:\n        l.append(1)\n        m.append(i)\n    if i == 9:\n        m = [1]\n    if i == 19:\n        l = m\n",
                "l = []\nfor i in range(30):\n    if s > i:\n        l.append(i)\n    if i == 9:\n        l.append(t)\n    if i == 19:\n        l.append(rows)\n",
                "l = []\nfor i in range(30):\n    if s > i:\n        l.append(i)\n    if i % 10 == 9:\n        l.clear()\n",
                "l = []\nfor i in range(30):\n    if s > i:\n        l.append(i)\n    else:\n        l.append('a')\n        l.append(1)\n",
                "y = 0\nfor i in range(9):\n    if s > i:\n        y = len([1])\n    if i == 4:\n        len = max\n    if i == 6:\n        del len\n",
            })
    void walksAreMadeAgainWhereTheyWouldBeOthers(String plan) {
        isTheSame(plan, Map.of("/*/*", ALICE));
    }

    @Test
    void aWalkIsMadeAgainWhereAVariableHasAnotherLabel() {
        isTheSame("for x in [s, s, t]:\n    y = 1\n    if s > 5:\n        y = x\n", Map.of("/*/*", ALICE));
    }

    @Test
    void aWalkIsMadeAgainWhereADictionaryHasOtherLabels() {
        String plan = "for row in rows:\n    y = 1\n    if s > 5:\n        y = row['a']\n";

        isTheSame(plan, Map.of("/*/*", ALICE));
        isTheSame(plan, Map.of("/*/*", ALICE, "/9/a", DOUBTED));
    }

    @Test
    void aWalkIsMadeAgainWhereTwoVariablesAreOneDictionary() {
        isTheSame(
                "for two in rows:\n    one = rows[9]\n    y = 1\n    if s > 5:\n        y = one is two\n",
                Map.of("/*/*", ALICE));
    }

    @Test
    void aWalkIsMadeAgainWhereMoreDecidedThatTheRunStillGoesOn() {
        isTheSame("for i in [1, 2, 3]:\n    y = 1\n    if s > 5:\n        y = 2\n    k = 7 // t\n", Map.of());
        isTheSame("for i in [1, 2, 3]:\n    y = 1\n    if s > 5:\n        y = 2 // t\n    k = 7 // b\n", Map.of());
    }

    @Test
    void aWalkIsMadeAgainWhereAVariableFurtherOutHasAnotherLabel() {
        String nested = """
                def f(v):
                    def g():
                        def h():
                            y = 1
                            if v > 5:
                                y = v + x
                            return y
                        return h()
                    return g()
                """;

        isTheSame(nested + "for x in [s, s, t, 3, 3]:\n    r = f(s)\n    r = f(t)\n    r = f(s)\n", Map.of());
        isTheSame(nested + "x = 1\nr = [f(s), f(s), f(b), f(s)]\nx = b\nr = [f(s), f(s), f(b), f(s)]\n", Map.of());
    }

    @Test
    void aWalkIsMadeAgainWhereAVariableMayBeUnbound() {
        String read = "    y = 1\n    if s > 5:\n        y = u\n";

        isTheSame("for i in [1, 2, 5]:\n    if s > i:\n        u = i\n" + read, Map.of());
        isTheSame(
                "u = 1\nfor i in [1, 2, 3]:\n" + read + "    if s > i + 1:\n        del u\n        u = 2\n", Map.of());
        isTheSame("u = 1\nfor i in [1, 2, 3]:\n" + read + "    del u\n    u = s if i == 1 else i\n", Map.of());
    }

    @Test
    void aWalkIsMadeAgainWhereDictionariesCannotBeToldApartAnyMore() {
        String read = """
                one = rows[0]
                two = rows[1]
                who = one
                for i in [1, 2, 3]:
                    y = 1
                    if s > 5:
                        y = one['a']
                """;

        isTheSame(
                read + "    if i == 1:\n        who = one if b > 2 else two\n", Map.of("/*/*", ALICE, "/1/a", DOUBTED));
        isTheSame(
                read + "    if i == 1:\n        who = one if b > 2 else two\n    who['a'] = t\n",
                Map.of("/*/*", ALICE));
        isTheSame(read + "    if i == 2:\n        who = rows[b % 2]\n        who['a'] = i\n", Map.of("/*/*", ALICE));
    }

    @Test
    void aWalkIsMadeAgainWhereOthersMayKnowThatTheRunStandsThere() {
        String chosen = "def f(v, w):\n    y = 1\n    if v > 5:\n        y = w\n    return y\n";

        isTheSame(chosen + "x = [f(s, 1), f(b, 1), f(s, 1), f(t, 1)]\n", Map.of());
        isTheSame(
                chosen + "v = s + b\nx = [f(v, s), f(v, s)]\nif s > 1:\n    x = [f(v, s), f(v, s)]\nx = f(v, s)\n",
                Map.of());
        isTheSame(
                chosen + "x = [f(s, 1), f(s, 1)]\nif t > 1:\n    x = [f(s, 1), f(s, 1), f(t, s)]\n"
                        + "if s > 1:\n    x = [f(s, 1), f(b, 1), f(s, t)]\nx = [f(s, 1), f(t, s)]\n",
                Map.of());
        isTheSame(
                chosen + "for i in [1, 2, 3]:\n    if b > i:\n        if s > i:\n            x = f(t, i)\n"
                        + "        x = f(t, i)\n    x = f(t, i)\n",
                Map.of());
    }

    @Test
    void aWalkIsMadeAgainWhereADictionaryHasOtherKeysOrAnother() {
        String read = "row = {'a': s}\nfor i in [1, 2, 3, 4]:\n    y = 1\n    if s > 5:\n        y = row['a']\n";

        isTheSame(read + "    if i == 2:\n        row['c'] = b\n", Map.of());
        isTheSame(read + "    if i == 2:\n        row = {'c': b, 'a': 1}\n", Map.of());
        isTheSame(read + "    if i == 2:\n        row = {'a': b}\n", Map.of());
    }

    @Test
    void rowsAreAlikeOnlyToThoseWhoMayNotKnowWhatTellsThemApart() {
        String both = """
                x = 0
                y = 0
                for i in [1, 2]:
                    if s > i:
                        for row in rows:
                            x = x + row['a']
                            if row['b'] > 4:
                                y = row['b']
                    if b > i:
                        for row in rows:
                            y = y + row['b']
                            if row['a'] > 4:
                                x = row['a']
                    if s > i:
                        if b > i:
                            for row in rows:
                                x = row['a'] + row['b']
                """;
        Map<String, Label> labels = Map.of("/*/a", ALICE, "/*/b", BOB);

        isTheSame(both, labels);
        isTheSame(both + "if b > 1:\n    rows[2]['a'] = t\n" + both, labels);
        isTheSame("some = rows[1:]\n" + both + "if s > 1:\n    some[3]['b'] = 1\n" + both, labels);
        isTheSame(both + "rows[4] = rows[5]\n" + both, labels);
    }

    @Test
    void rowsThatAreAlikeAreToldApartWhereOneMayChange() {
        String sum = "    x = 0\n    for row in rows:\n        x = row['a']\n";

        isTheSame("x = 0\nif s > 5:\n    rows[1]['a'] = t\n" + sum, Map.of("/*/*", ALICE));
        isTheSame("x = 0\nif s > 5:\n" + sum + "    rows[1]['a'] = t\n" + sum, Map.of("/*/*", ALICE));
        isTheSame("x = 0\nif s > 5:\n" + sum + "    row['a'] = t\n" + sum, Map.of("/*/*", ALICE));
    }

    /** Writes plans over rows that are alike, or nearly so. */
    private static final class Writer {
        private final Random random;
        private final StringBuilder text = new StringBuilder();

        Writer(Random random) {
            this.random = random;
        }

        World world() {
            List<Datum> rows = new ArrayList<>();
            boolean alike = random.nextInt(4) > 0;
            int count = 7 + random.nextInt(4);
            for (int i = 0; i < count; i++) {
                SequencedMap<String, Datum> row = new LinkedHashMap<>();
                row.put("a", Datum.Whole.of(random.nextInt(6)));
                row.put("b", !alike && random.nextInt(5) == 0 ? Datum.Whole.of(i) : new Datum.Text("w" + i % 3));
                row.put("c", Datum.Whole.of(i));
                if (!alike && random.nextInt(5) == 0) {
                    row.put("d", Datum.Whole.of(1));
                }
                rows.add(new Datum.Fields(row));
            }
            Map<String, Label> labels = new LinkedHashMap<>();
            switch (random.nextInt(5)) {
                case 0 -> labels.put("/*/c", DOUBTED);
                case 1 -> {
                    labels.put("/*/a", ALICE);
                    labels.put("/*/b", ALICE);
                }
                case 2 -> {
                    labels.put("/*/*", ALICE);
                    labels.put("/2/a", DOUBTED);
                }
                default -> labels.put("/*/*", ALICE);
            }
            return new Rows(new Datum.Items(rows), labels);
        }

        String plan() {
            text.append("rows = rows()\ns = secret()\nt = other()\nx = 0\ny = 1\nrow = rows[0]\nsome = rows\n");
            text.append("d = {}\ne = {'w0': 1, 'w1': 2}\nl = [0, 0, 0, 0]\n");
            if (random.nextInt(3) == 0) {
                text.append("rows = rows[1:] + [{'a': s, 'b': 'z', 'c': 1}]\n");
            }
            text.append("def f(row, x):\n    y = 0\n");
            branch(1, false);
            text.append("    return y\n");
            int count = 2 + random.nextInt(3);
            for (int i = 0; i < count; i++) {
                switch (random.nextInt(5)) {
                    case 0 -> statement(0, true);
                    case 1 -> branch(0, true);
                    case 2 -> loop("for row in " + (random.nextInt(3) == 0 ? "some:" : "rows:"));
                    case 3 -> loop("for x in [s, t, s, s, t, t, 3, 3]:");
                    default -> loop("for row in [rows[0], rows[3], rows[2], rows[1]]:");
                }
            }
            return text.toString();
        }

        private void loop(String head) {
            line(0, head);
            branch(1, true);
            if (random.nextBoolean()) {
                statement(1, true);
            }
        }

        private void branch(int indent, boolean whole) {
            line(indent, "if " + condition() + ":");
            inside(indent, whole);
            if (random.nextBoolean()) {
                line(indent, random.nextBoolean() ? "else:" : "elif " + condition() + ":");
                inside(indent, whole);
            }
        }

        private void inside(int indent, boolean whole) {
            if (indent < 2 && random.nextInt(4) == 0) {
                branch(indent + 1, whole);
            }
            statement(indent + 1, whole);
            if (random.nextBoolean()) {
                statement(indent + 1, whole);
            }
        }

        private void line(int indent, String line) {
            text.append("    ".repeat(indent)).append(line).append('\n');
        }

        /**
         * A statement.
         *
         * @param whole whether also one that goes through rows or changes one
         */
        private void statement(int indent, boolean whole) {
            switch (random.nextInt(whole ? 19 : 4)) {
                case 0, 1 -> line(indent, name() + " = " + expression());
                case 2, 3 -> line(indent, name() + " += " + number(1));
                case 4 -> line(indent, "row[" + field() + "] = " + number(1));
                case 5 -> line(indent, "y = f(row, " + number(0) + ")");
                case 6, 7 ->
                    line(indent, "rows[" + random.nextInt(3) + "]['a'] = " + (random.nextBoolean() ? "t" : "'k'"));
                case 8 -> line(indent, random.nextBoolean() ? "x = rows[s % 2]['a']" : "row = rows[1]");
                case 9 -> line(indent, "some = [row for row in rows if " + condition() + "]");
                case 10 -> line(indent, "some = sorted(rows, key=lambda row: " + number(0) + ")");
                case 11, 12 -> line(indent, container() + "[" + key() + "] = " + number(1));
                case 13 -> {
                    String dict = container();
                    String key = key();
                    line(indent, dict + "[" + key + "] = " + dict + ".get(" + key + ", 0) + " + number(0));
                }
                case 14 -> line(indent, "l[" + (random.nextBoolean() ? "s" : "row['c']") + " % 4] = " + number(1));
                case 15 -> line(indent, "x = " + container() + ".get(" + key() + ", " + number(0) + ")");
                case 16 -> {
                    String change = switch (random.nextInt(5)) {
                        case 0 -> "d.pop(" + key() + ", 0)";
                        case 1 -> "l.append(" + number(0) + ")";
                        case 2 -> "l.reverse()";
                        case 3 -> "e.clear()";
                        default -> "d[" + key() + "] = [1]";
                    };
                    line(indent, change);
                }
                case 17 -> line(indent, random.nextBoolean() ? "x = l[s % 4]" : "row = some[0]");
                default ->
                    line(
                            indent,
                            "x = sum([" + number(0) + " for row in " + (random.nextBoolean() ? "rows])" : "some])"));
            }
        }

        private String container() {
            return random.nextBoolean() ? "d" : "e";
        }

        private String key() {
            return switch (random.nextInt(6)) {
                case 0 -> "s";
                case 1 -> "'w1'";
                case 2 -> "x";
                default -> "row['b']";
            };
        }

        private String name() {
            return random.nextInt(3) == 0 ? "y" : "x";
        }

        private String field() {
            return random.nextInt(12) == 0 ? "'d'" : random.nextInt(4) == 0 ? "'c'" : "'a'";
        }

        private String number(int depth) {
            return switch (random.nextInt(depth > 0 ? 8 : 5)) {
                case 0 -> Integer.toString(random.nextInt(5));
                case 1 -> "x";
                case 2 -> "y";
                case 3 -> "row[" + field() + "]";
                case 4 -> random.nextInt(3) == 0 ? "t" : "s";
                case 5 -> number(0) + " + " + number(0);
                case 6 -> number(0) + (random.nextInt(5) == 0 ? " // " : " * ") + number(0);
                default -> "(" + number(0) + " if " + condition() + " else " + number(0) + ")";
            };
        }

        private String expression() {
            return random.nextInt(5) == 0 ? (random.nextBoolean() ? "row['b']" : "'k'") : number(1);
        }

        private String condition() {
            return switch (random.nextInt(10)) {
                case 0 -> "s > " + random.nextInt(5);
                case 1 -> "row['b'] == 'w1'";
                case 2 -> "row['b'] in ('w0', 'w2')";
                case 3 -> number(0) + " < " + number(0);
                case 4 -> "row['a'] > 2 and row['c'] < 5";
                case 5 -> "t == 5 or s";
                case 6 -> key() + " in " + container();
                case 7 -> key() + " not in " + container();
                case 8 -> key() + " in (row['b'], 'w0')";
                default -> "row['a'] > " + random.nextInt(5);
            };
        }
    }
}
