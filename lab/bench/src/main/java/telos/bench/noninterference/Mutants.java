package telos.bench.noninterference;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import telos.plans.Laboratory;
import telos.plans.Limits;

/**
 * The search for leaks with one label rule removed at a time: it must find one. Where a rule guards what random plans seldom
 * come to, variants of a few lines that need just this rule are tried first.
 */
final class Mutants {
    private static final int DIRECTED_SEEDS = 64;
    private static final int RANDOM_SEEDS = 1500;

    /** Enough for a few lines, and soon at an end. */
    private static final Limits LIMITS = new Limits(50_000, 64L << 20, 100, Duration.ofSeconds(20));

    private static final String ALIAS = "xs = [1]\nys = [2]\n(xs if S > # else ys).append(3)\nTELL(len(xs))";

    /** By rule; S is a secret number, L a secret list, W a secret word, # a digit, TELL who must not learn of it. */
    private static final Map<String, List<String>> DIRECTED = new LinkedHashMap<>();

    static {
        DIRECTED.put("BINARY_JOIN", List.of("TELL(S + #)"));
        DIRECTED.put("COMPARISON_JOIN", List.of("TELL(S > #)"));
        DIRECTED.put("UNARY_JOIN", List.of("TELL(-S)", "TELL(not S)"));
        DIRECTED.put("TEXT_JOIN", List.of("TELL(f\"{S}\")"));
        DIRECTED.put("ELEMENT_READ", List.of("TELL(\"abcd\"[:S])"));
        DIRECTED.put(
                "SECRET_INDEX_READ",
                List.of("d = {\"x\": 1, \"yy\": read_bob()}\ntell_alice(d.get(word_alice(), #))\nsend(1)"));
        DIRECTED.put("LENGTH_SHAPE", List.of("TELL(len(L))"));
        DIRECTED.put("METHOD_RESULT", List.of("TELL(W.upper())"));
        DIRECTED.put("BUILTIN_RESULT", List.of("TELL(abs(S))"));
        DIRECTED.put("KEY_WRITE_SHAPE", List.of("d = {#: 1}\nd[S] = 2\nTELL(len(d))"));
        DIRECTED.put("SECRET_REFERENCE_WRITE", List.of(ALIAS));
        DIRECTED.put("UNTAKEN_VARIABLES", List.of("x = 0\nif S > #:\n    x = 1\nTELL(x)"));
        DIRECTED.put("UNTAKEN_OBJECTS", List.of("xs = []\nif S > #:\n    xs.append(1)\nTELL(len(xs))"));
        DIRECTED.put(
                "UNTAKEN_UNBOUND",
                List.of("if S > #:\n    x = 1\ntry:\n    x\n    y = 1\nexcept NameError:\n    y = 2\nTELL(y)"));
        DIRECTED.put("BRANCH_REGION", List.of("if S > #:\n    TELL(1)"));
        DIRECTED.put("CONDITIONAL_REGION", List.of("TELL(1 if S > # else 2)"));
        DIRECTED.put("SHORT_CIRCUIT_REGION", List.of("n = 0\nx = S or (n := 5)\nTELL(n)"));
        DIRECTED.put("CHAIN_REGION", List.of("n = 0\nx = 1 < S < (n := 5)\nTELL(n)"));
        DIRECTED.put("LOOP_REGION", List.of("n = 0\nfor i in range(S):\n    n = i + 1\nTELL(n)"));
        DIRECTED.put("WHILE_REGION", List.of("i = 0\nwhile i < S:\n    i += 1\nTELL(i)"));
        DIRECTED.put("COMPREHENSION_REGION", List.of("y = 9\n[y := i for i in [0, 1] if i == S]\nTELL(y)"));
        DIRECTED.put("COMPREHENSION_SHAPE", List.of("TELL(len([i for i in [0, 1, 2] if i > S]))"));
        DIRECTED.put("GENERATOR_REGION", List.of("y = 9\nnext(((y := i) for i in [0, 1] if i == S), 7)\nTELL(y)"));
        DIRECTED.put("BREAK_ESCAPE", List.of("for i in range(3):\n    if i == S:\n        break\nTELL(i)"));
        DIRECTED.put(
                "CONTINUE_ESCAPE",
                List.of("n = 0\nfor i in range(3):\n    if i == S:\n        continue\n    n += 1\nTELL(n)"));
        DIRECTED.put("RETURN_ESCAPE", List.of("def f(v):\n    if v > #:\n        return 1\n    return 0\nTELL(f(S))"));
        DIRECTED.put(
                "EXCEPTION_ESCAPE",
                List.of("try:\n    x = 1 // S\n    n = 1\nexcept ZeroDivisionError:\n    n = 2\nTELL(n)"));
        DIRECTED.put("FUNCTION_VALUE", List.of("f = (lambda: 1) if S > # else (lambda: 2)\nTELL(f())"));
        DIRECTED.put(
                "CALLBACK_REGION",
                List.of(
                        "out = []\nsorted(L, key=lambda k: out.append(k) or k)\nTELL(len(out))",
                        "out = []\nmax(L, key=lambda k: out.append(k) or k, default=0)\nTELL(len(out))"));
        DIRECTED.put("TOOL_RESULT_ARGUMENTS", List.of("TELL(echo(S))"));
        DIRECTED.put("TOOL_RESULT_LABEL", List.of("TELL(S)"));
        DIRECTED.put("CONTEXT_IN_CHECK", List.of("if S > #:\n    TELL(1)"));
        DIRECTED.put("PROGRESS_IN_CHECK", List.of("x = 1 // S\nTELL(1)"));
        DIRECTED.put("NAMED_READERS_JOIN", List.of("pay(name_alice(), 1)\npay(\"bob\", 1)"));
        DIRECTED.put("CALL_RULE", List.of("if read_web() > #:\n    ring()"));
        DIRECTED.put("PROGRESS_FAILURE", List.of("x = 1 // S\nTELL(1)"));
        DIRECTED.put("PROGRESS_DENIAL", List.of("if read_alice() > #:\n    tell_bob(1)\nsend(1)"));
        DIRECTED.put("PROGRESS_UNBOUNDED_SIZE", List.of("x = \"a\" * (S * 10 ** 12)\nTELL(1)"));
        DIRECTED.put("UNPACKING", List.of("a, b = L\nTELL(1)"));
        DIRECTED.put("ASK_JOIN", List.of("TELL(ask(\"how many?\", S, \"bool\")[\"ok\"])"));
        DIRECTED.put("OUTLINE_MERGE", List.of("x = 1\nif S > #:\n    x = \"a\"\ny = x + 1\nTELL(1)"));
    }

    /**
     * Rules that are no mutants, for what each guards is guarded by another as well: what is written in secret is raised
     * before and after, whichever way was taken (UNTAKEN_VARIABLES, UNTAKEN_OBJECTS), which covers the label that a write
     * itself gives; a call in secret raises progress before it is checked; an index that may not fit raises progress; a
     * generator is taken from within the region of whoever takes from it; and a loop without a bound has none on its steps.
     */
    private static final Set<String> DOUBLED = Set.of(
            "INDEX_WRITE_FLOOR",
            "MUTATION_UNDER_CONTEXT",
            "CONTEXT_ON_ASSIGNMENT",
            "TOOL_RESULT_CONTEXT",
            "CONTEXT_IN_CHECK",
            "GENERATOR_REGION",
            "PROGRESS_UNBOUNDED_LOOP");

    /** @param survivors the rules without which nothing was found */
    record Result(int mutants, List<String> survivors) {}

    private Mutants() {}

    /** Tries every mutant. */
    static Result run() {
        List<String> survivors = new ArrayList<>();
        List<String> rules = Laboratory.rules().stream()
                .filter(rule -> !DOUBLED.contains(rule))
                .toList();
        for (String rule : rules) {
            if (killer(rule).isEmpty()) {
                survivors.add(rule);
            }
        }
        return new Result(rules.size(), survivors);
    }

    /** A plan that leaks without this rule. */
    static Optional<Trial.Leak> killer(String rule) {
        Optional<Trial.Leak> found = DIRECTED.getOrDefault(rule, List.of()).stream()
                .flatMap(template -> IntStream.range(0, DIRECTED_SEEDS).mapToObj(seed -> directed(template, seed)))
                .flatMap(trial -> trial.leakWithout(rule).stream())
                .findFirst();
        return found.or(() -> LongStream.range(0, RANDOM_SEEDS)
                .parallel()
                .mapToObj(RandomPlan::trial)
                .flatMap(trial -> trial.leakWithout(rule).stream())
                .findAny());
    }

    /** Every directed plan, with all rules in place: none of them may leak. */
    static List<Trial> directed() {
        List<Trial> all = new ArrayList<>();
        for (List<String> templates : DIRECTED.values()) {
            for (String template : templates) {
                for (int seed = 0; seed < DIRECTED_SEEDS; seed++) {
                    all.add(directed(template, seed));
                }
            }
        }
        return all;
    }

    private static Trial directed(String template, long seed) {
        Random random = new Random(seed);
        Observer observer = RandomPlan.observer(seed);
        String whose = switch (observer) {
            case ALICE -> "bob";
            case TRUST -> "web";
            case EVERYONE, BOB -> "alice";
        };
        String source = template.replaceAll("\\bS\\b", "read_" + whose + "()")
                .replaceAll("\\bL\\b", "list_" + whose + "()")
                .replaceAll("\\bW\\b", "word_" + whose + "()")
                .replace("TELL", observer == Observer.TRUST ? "act" : "send")
                .replace("#", Integer.toString(random.nextInt(3)));
        return Trial.of(seed, source + "\n").within(LIMITS);
    }
}
