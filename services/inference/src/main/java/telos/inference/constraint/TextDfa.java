package telos.inference.constraint;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The deterministic automaton over characters of the texts that meet several regular expressions at once, some of them
 * denied.
 *
 * <p>Expressions are not combined one by one: a state is the tuple of what each of their automata may be in, so one
 * subset construction (Rabin and Scott, 1959) gives intersection and complement alike. Characters that no expression
 * tells apart form one class, so a transition table has few columns. States from which nothing is accepted are cut
 * off. The number of states and the work are bounded: an expression beyond that is refused.
 */
final class TextDfa {
    static final int MOST_STATES = 4000;

    private static final long MOST_WORK = 30_000_000;
    private static final CodePoints LINE_ENDS = CodePoints.of("\n\r\u0085\u2028\u2029");
    static final TextDfa ANYTHING = anything();

    /** Where each interval of characters starts, and its class; -1 where no text goes on. */
    private final int[] starts;

    private final int[] classOf;
    private final int classes;
    private final int[] next;
    private final BitSet accepting;
    private final boolean free;

    private TextDfa(int[] starts, int[] classOf, int classes, int[] next, BitSet accepting, boolean free) {
        this.free = free;
        this.starts = starts;
        this.classOf = classOf;
        this.classes = classes;
        this.next = next;
        this.accepting = accepting;
    }

    private static TextDfa anything() {
        try {
            return of(List.of(), false, CodePoints.NONE);
        } catch (RegexParser.Unreadable e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The automaton of what all expressions admit.
     *
     * @param whole whether a match must be the whole text
     * @param without characters that are in no text
     */
    static TextDfa of(List<Regex.Signed> expressions, boolean whole, CodePoints without) throws RegexParser.Unreadable {
        List<Nfa> automata = new ArrayList<>();
        List<Boolean> denied = new ArrayList<>();
        CodePoints none = without;
        for (Regex.Signed signed : expressions) {
            for (Regex.Signed part : signed.negative() ? List.of(signed) : conjuncts(signed.regex())) {
                automata.add(Nfa.of(part.regex(), whole));
                denied.add(part.negative());
                if (signed.negative()) {
                    none = none.or(LINE_ENDS);
                }
            }
        }
        return new Builder(automata, denied, none).build();
    }

    /** An expression as what its start looks ahead to, and the rest. */
    private static List<Regex.Signed> conjuncts(Regex regex) {
        List<Regex.Signed> all = new ArrayList<>();
        List<Regex> parts = regex instanceof Regex.Join join ? join.parts() : List.of(regex);
        int at = 0;
        if (!parts.isEmpty() && parts.getFirst() instanceof Regex.Start start) {
            at++;
            while (at < parts.size() && parts.get(at) instanceof Regex.Ahead ahead) {
                all.add(new Regex.Signed(new Regex.Join(List.of(start, ahead.what())), ahead.negative()));
                at++;
            }
        }
        if (all.isEmpty()) {
            return List.of(new Regex.Signed(regex, false));
        }
        List<Regex> rest = new ArrayList<>(parts.subList(at, parts.size()));
        rest.addFirst(parts.getFirst());
        all.add(new Regex.Signed(new Regex.Join(rest), false));
        return all;
    }

    /** Whether no expression binds the texts. */
    boolean free() {
        return free;
    }

    /** How many numbers its tables hold. */
    long cells() {
        return next.length + 2L * starts.length;
    }

    int states() {
        return next.length / classes;
    }

    int classes() {
        return classes;
    }

    /** Whether no text is accepted. */
    boolean isEmpty() {
        return states() == 1 && !accepts(0) && Arrays.stream(next).allMatch(state -> state < 0);
    }

    boolean accepts(int state) {
        return accepting.get(state);
    }

    /** The state after any character of a class, or -1. */
    int after(int state, int characterClass) {
        return characterClass < 0 ? -1 : next[state * classes + characterClass];
    }

    /** How many intervals of characters there are; each has one class. */
    int intervals() {
        return starts.length;
    }

    int intervalStart(int interval) {
        return starts[interval];
    }

    int intervalEnd(int interval) {
        return interval + 1 < starts.length ? starts[interval + 1] - 1 : CodePoints.LAST;
    }

    int classOf(int interval) {
        return classOf[interval];
    }

    /** The interval that a character lies in. */
    int interval(int codePoint) {
        int found = Arrays.binarySearch(starts, codePoint);
        return found >= 0 ? found : -found - 2;
    }

    boolean matches(String text) {
        int state = 0;
        for (int codePoint : text.codePoints().toArray()) {
            state = after(state, classOf[interval(codePoint)]);
            if (state < 0) {
                return false;
            }
        }
        return accepts(state);
    }

    /** What every automaton may be in after some text, and what its last character was. */
    private record Tuple(List<BitSet> kernels, Nfa.Beside before) {}

    private static final class Builder {
        private final List<Nfa> automata;
        private final List<Boolean> denied;
        private final boolean boundaries;
        private final int[] starts;
        private final int[] classOf;
        private final int[] sample;
        private final Map<Tuple, Integer> numbers = new HashMap<>();
        private final List<Tuple> tuples = new ArrayList<>();
        private long work;

        Builder(List<Nfa> automata, List<Boolean> denied, CodePoints without) throws RegexParser.Unreadable {
            this.automata = automata;
            this.denied = denied;
            this.boundaries = automata.stream().anyMatch(Nfa::hasBoundaries);
            Set<CodePoints> sets = new HashSet<>();
            automata.forEach(nfa -> sets.addAll(nfa.sets()));
            sets.add(RegexParser.WORD);
            sets.add(CodePoints.ALL);
            sets.add(without);
            int[] cuts = sets.stream()
                    .flatMapToInt(set -> Arrays.stream(set.ranges()))
                    .flatMap(edge -> java.util.stream.IntStream.of(edge, edge + 1))
                    .filter(edge -> edge <= CodePoints.LAST)
                    .sorted()
                    .distinct()
                    .toArray();
            starts = cuts.length > 0 && cuts[0] == 0 ? cuts : prepend(cuts);
            classOf = new int[starts.length];
            List<CodePoints> order = List.copyOf(sets);
            spend((long) starts.length * order.size());
            Map<BitSet, Integer> classes = new LinkedHashMap<>();
            int[] samples = new int[starts.length];
            for (int i = 0; i < starts.length; i++) {
                if (without.has(starts[i]) || !CodePoints.ALL.has(starts[i])) {
                    classOf[i] = -1;
                    continue;
                }
                BitSet signature = new BitSet();
                for (int j = 0; j < order.size(); j++) {
                    signature.set(j, order.get(j).has(starts[i]));
                }
                int known = classes.size();
                classOf[i] = classes.computeIfAbsent(signature, _ -> known);
                samples[classOf[i]] = starts[i];
            }
            sample = Arrays.copyOf(samples, Math.max(1, classes.size()));
        }

        private static int[] prepend(int[] cuts) {
            int[] longer = new int[cuts.length + 1];
            System.arraycopy(cuts, 0, longer, 1, cuts.length);
            return longer;
        }

        private void spend(long units) throws RegexParser.Unreadable {
            work += units;
            if (work > MOST_WORK || tuples.size() > MOST_STATES) {
                throw new RegexParser.Unreadable("the expression is too large: its automaton has more than "
                        + MOST_STATES + " states or takes too long to build; use shorter repetitions");
            }
        }

        private int number(Tuple tuple) {
            return numbers.computeIfAbsent(tuple, key -> {
                tuples.add(key);
                return tuples.size() - 1;
            });
        }

        TextDfa build() throws RegexParser.Unreadable {
            int classes = sample.length;
            int[] next = new int[classes * 16];
            BitSet accepting = new BitSet();
            number(new Tuple(automata.stream().map(Nfa::start).toList(), Nfa.Beside.NOTHING));
            for (int state = 0; state < tuples.size(); state++) {
                Tuple tuple = tuples.get(state);
                accepting.set(state, accepts(tuple));
                next = next.length < (state + 1) * classes ? Arrays.copyOf(next, 2 * next.length) : next;
                List<List<BitSet>> closures = new ArrayList<>();
                for (Nfa.Beside beside : List.of(Nfa.Beside.WORD, Nfa.Beside.OTHER)) {
                    closures.add(closures.isEmpty() || boundaries ? closures(tuple, beside) : closures.getFirst());
                }
                for (int c = 0; c < classes; c++) {
                    next[state * classes + c] = number(step(closures, sample[c]));
                }
                spend(classes);
            }
            return trimmed(Arrays.copyOf(next, tuples.size() * classes), accepting);
        }

        private List<BitSet> closures(Tuple tuple, Nfa.Beside next) throws RegexParser.Unreadable {
            List<BitSet> closures = new ArrayList<>();
            for (int i = 0; i < automata.size(); i++) {
                BitSet closure = automata.get(i).closure(tuple.kernels.get(i), tuple.before, next);
                spend(closure.cardinality() * 2L + 8);
                closures.add(closure);
            }
            return closures;
        }

        private boolean accepts(Tuple tuple) throws RegexParser.Unreadable {
            List<BitSet> closures = closures(tuple, Nfa.Beside.NOTHING);
            for (int i = 0; i < automata.size(); i++) {
                if (automata.get(i).matches(closures.get(i)) == denied.get(i)) {
                    return false;
                }
            }
            return true;
        }

        private Tuple step(List<List<BitSet>> closures, int codePoint) throws RegexParser.Unreadable {
            boolean word = RegexParser.WORD.has(codePoint);
            List<BitSet> from = closures.get(word ? 0 : 1);
            List<BitSet> kernels = new ArrayList<>();
            for (int i = 0; i < automata.size(); i++) {
                Nfa nfa = automata.get(i);
                BitSet closure = from.get(i);
                if (nfa.matches(closure)) {
                    // a match behind us is a match whatever follows
                    BitSet match = new BitSet();
                    match.set(0);
                    kernels.add(match);
                } else {
                    spend(closure.cardinality());
                    kernels.add(nfa.step(closure, codePoint));
                }
            }
            return new Tuple(kernels, boundaries && word ? Nfa.Beside.WORD : Nfa.Beside.OTHER);
        }

        /** Without the states from which nothing is accepted; state 0 stays. */
        private TextDfa trimmed(int[] next, BitSet accepting) {
            int classes = sample.length;
            int states = tuples.size();
            List<List<Integer>> before = new ArrayList<>();
            for (int state = 0; state < states; state++) {
                before.add(new ArrayList<>());
            }
            for (int i = 0; i < next.length; i++) {
                before.get(next[i]).add(i / classes);
            }
            BitSet live = (BitSet) accepting.clone();
            ArrayDeque<Integer> open = new ArrayDeque<>(live.stream().boxed().toList());
            while (!open.isEmpty()) {
                for (int state : before.get(open.removeLast())) {
                    if (!live.get(state)) {
                        live.set(state);
                        open.add(state);
                    }
                }
            }
            int[] renumbered = new int[states];
            int count = 0;
            for (int state = 0; state < states; state++) {
                renumbered[state] = state == 0 || live.get(state) ? count++ : -1;
            }
            int[] kept = new int[count * classes];
            BitSet accepted = new BitSet();
            for (int state = 0; state < states; state++) {
                if (renumbered[state] >= 0) {
                    accepted.set(renumbered[state], accepting.get(state));
                    for (int c = 0; c < classes; c++) {
                        int target = next[state * classes + c];
                        kept[renumbered[state] * classes + c] = live.get(target) ? renumbered[target] : -1;
                    }
                }
            }
            return new TextDfa(starts, classOf, classes, kept, accepted, automata.isEmpty());
        }
    }
}
