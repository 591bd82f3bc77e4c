package telos.inference.constraint;

import java.util.ArrayDeque;
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
        this.generation = new Generation(this);
    }

    /** The state before the first byte. */
    State start() {
        return current().start;
    }

    /** The generation in use: a new one when the last has grown beyond the limit, which bounds the memory used. */
    private Generation current() {
        if (generation.states.size() > limit) {
            generation = new Generation(this);
        }
        return generation;
    }

    /** States made together. Texts under way hold on to theirs until they {@link State#settle}. */
    private static final class Generation {
        final RuleAutomaton automaton;
        final Map<List<Path>, RuleState> states = new HashMap<>();
        final Path end = new Path(null, null, 0, 0);
        final State start;
        private int paths = 1;

        Generation(RuleAutomaton automaton) {
            this.automaton = automaton;
            Reach first = new Reach();
            expand(push(automaton.rule, end), first);
            start = state(first);
        }

        /** The state of this generation that equals one of another. */
        RuleState copy(RuleState other) {
            Reach reach = new Reach();
            for (Path path : other.paths) {
                List<Rule> heads = new ArrayList<>();
                Path at = path;
                while (at.head != null && at.tail != null) {
                    heads.add(at.head);
                    at = at.tail;
                }
                Path copied = end;
                for (Rule head : heads.reversed()) {
                    copied = push(head, copied);
                }
                reach.heads.add(copied);
            }
            return state(reach);
        }

        RuleState state(Reach reach) {
            reach.heads.sort(Comparator.comparingInt(path -> path.number));
            List<Path> key = List.copyOf(reach.heads);
            return states.computeIfAbsent(key, paths -> new RuleState(this, paths));
        }

        Path push(Rule head, Path tail) {
            IdentityHashMap<Rule, Path> longer = tail.longer;
            if (longer == null) {
                longer = new IdentityHashMap<>(1);
                tail.longer = longer;
            }
            Path known = longer.get(head);
            if (known == null) {
                long missing = Math.min((long) head.missing() + tail.missing, Integer.MAX_VALUE / 2);
                known = new Path(head, tail, paths++, (int) missing);
                longer.put(head, known);
            }
            return known;
        }

        /** Adds the paths that start with bytes, or end, and with which what {@code path} stands for can go on. */
        void expand(Path from, Reach reached) {
            reached.open(from);
            while (!reached.open.isEmpty()) {
                Path path = reached.open.removeLast();
                Rule head = path.head;
                Path tail = path.tail;
                if (head == null || tail == null) {
                    reached.heads.add(path);
                    continue;
                }
                switch (head) {
                    case Rule.Bytes _ -> reached.heads.add(path);
                    case Rule.Sequence sequence -> {
                        Path longer = tail;
                        for (int i = sequence.parts.length - 1; i >= 0; i--) {
                            longer = push(sequence.parts[i], longer);
                        }
                        reached.open(longer);
                    }
                    case Rule.Choice choice -> {
                        for (Rule option : choice.options) {
                            reached.open(push(option, tail));
                        }
                    }
                    case Rule.Repeat repeat -> {
                        if (repeat.least == 0) {
                            reached.open(tail);
                        }
                        Rule rest = repeat.rest();
                        reached.open(push(repeat.item, rest == Rule.EMPTY ? tail : push(rest, tail)));
                    }
                }
            }
        }
    }

    /** The paths found while one state is made. */
    private static final class Reach {
        final List<Path> heads = new ArrayList<>();
        final ArrayDeque<Path> open = new ArrayDeque<>();
        private final Set<Path> seen = new HashSet<>();

        void open(Path path) {
            if (seen.add(path)) {
                open.add(path);
            }
        }
    }

    private static final class Path {
        final @Nullable Rule head;
        final @Nullable Path tail;
        final int number;
        final int missing;

        @Nullable
        IdentityHashMap<Rule, Path> longer;

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
        State settle() {
            Generation current = generation.automaton.current();
            return current == generation ? this : current.copy(this);
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
