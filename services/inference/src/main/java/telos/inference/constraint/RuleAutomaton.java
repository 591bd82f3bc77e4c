package telos.inference.constraint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The deterministic automaton of a {@link Rule}, made state by state as texts reach them.
 *
 * <p>A {@link Path} is what one reading of the text so far still has to see: a rule, then a shorter path. A state is the
 * set of paths of all readings, each starting with a set of bytes or at its end (Brzozowski, "Derivatives of Regular
 * Expressions", JACM 1964, with partial derivatives after Antimirov, 1996). Paths are made once, so equal sets of paths
 * are the same state.
 */
final class RuleAutomaton {
    private final int limit;
    private final Rule rule;
    private Generation generation;

    RuleAutomaton(Rule rule, int limit) {
        this.rule = rule;
        this.limit = limit;
        this.generation = new Generation(rule);
    }

    /**
     * The state before the first byte. When more than the limit of states were made, they are forgotten here and made
     * anew; texts under way keep theirs.
     */
    State start() {
        if (generation.states.size() > limit) {
            generation = new Generation(rule);
        }
        return generation.start;
    }

    private static final class Generation {
        final Map<List<Path>, RuleState> states = new HashMap<>();
        final Path end = new Path(null, null, 0, 0);
        final State start;
        private int paths = 1;

        Generation(Rule rule) {
            Reach first = new Reach();
            expand(push(rule, end), first);
            start = state(first);
        }

        RuleState state(Reach reach) {
            reach.heads.sort(Comparator.comparingInt(path -> path.number));
            List<Path> key = List.copyOf(reach.heads);
            return states.computeIfAbsent(key, paths -> new RuleState(this, paths));
        }

        Path push(Rule head, Path tail) {
            Path known = tail.longer.get(head);
            if (known == null) {
                known = new Path(head, tail, paths++, (int)
                        Math.min((long) head.missing() + tail.missing, Integer.MAX_VALUE / 2));
                tail.longer.put(head, known);
            }
            return known;
        }

        /** Adds the paths that start with bytes, or end, and with which what {@code path} stands for can go on. */
        void expand(Path path, Reach reached) {
            if (!reached.seen.add(path)) {
                return;
            }
            Rule head = path.head;
            Path tail = path.tail;
            if (head == null || tail == null) {
                reached.heads.add(path);
                return;
            }
            switch (head) {
                case Rule.Bytes _ -> reached.heads.add(path);
                case Rule.Sequence sequence -> {
                    Path longer = tail;
                    for (int i = sequence.parts.length - 1; i >= 0; i--) {
                        longer = push(sequence.parts[i], longer);
                    }
                    expand(longer, reached);
                }
                case Rule.Choice choice -> {
                    for (Rule option : choice.options) {
                        expand(push(option, tail), reached);
                    }
                }
                case Rule.Repeat repeat -> {
                    if (repeat.least == 0) {
                        expand(tail, reached);
                    }
                    Rule rest = repeat.rest();
                    expand(push(repeat.item, rest == Rule.EMPTY ? tail : push(rest, tail)), reached);
                }
            }
        }
    }

    /** The paths found while one state is made. */
    private static final class Reach {
        final List<Path> heads = new ArrayList<>();
        final Set<Path> seen = new HashSet<>();
    }

    private static final class Path {
        final @Nullable Rule head;
        final @Nullable Path tail;
        final int number;
        final int missing;
        final IdentityHashMap<Rule, Path> longer = new IdentityHashMap<>(4);

        Path(@Nullable Rule head, @Nullable Path tail, int number, int missing) {
            this.head = head;
            this.tail = tail;
            this.number = number;
            this.missing = missing;
        }
    }

    private static final class RuleState extends State {
        private final Generation generation;
        private final List<Path> paths;
        private final int missing;

        RuleState(Generation generation, List<Path> paths) {
            this.generation = generation;
            this.paths = paths;
            this.missing = paths.stream().mapToInt(path -> path.missing).min().orElse(Integer.MAX_VALUE);
        }

        @Override
        boolean accepting() {
            return missing == 0;
        }

        @Override
        int missing() {
            return missing;
        }

        @Override
        @Nullable
        State compute(int value) {
            Reach reached = new Reach();
            for (Path path : paths) {
                if (path.head instanceof Rule.Bytes bytes && bytes.has(value) && path.tail != null) {
                    generation.expand(path.tail, reached);
                }
            }
            return reached.heads.isEmpty() ? null : generation.state(reached);
        }
    }
}
