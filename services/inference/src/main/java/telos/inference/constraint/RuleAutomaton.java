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
    /** Of more readings of one text the shortest are kept. */
    private static final int MOST_READINGS = 1024;

    private static final int MOST_OPEN = 20_000;
    private static final int MOST_PATHS = 400_000;

    private final int limit;
    private final int calls;
    private final Rule rule;
    private Generation generation;

    /**
     * @param calls how many calls may lie one within another
     * @param limit how many states are kept
     */
    RuleAutomaton(Rule rule, int calls, int limit) {
        this.rule = rule;
        this.calls = calls;
        this.limit = limit;
        this.generation = new Generation(this);
    }

    /** The state before the first byte. */
    State start() {
        return current().start;
    }

    /** The generation in use: a new one when the last has grown beyond the limit, which bounds the memory used. */
    private Generation current() {
        if (generation.states.size() > limit || generation.paths > MOST_PATHS) {
            generation = new Generation(this);
        }
        return generation;
    }

    /** States made together. Texts under way hold on to theirs until they {@link State#settle}. */
    private static final class Generation {
        final RuleAutomaton automaton;
        final Map<List<Path>, RuleState> states = new HashMap<>();
        final Path end = new Path(null, null, 0, 0, 0);
        final State start;
        private int paths = 1;

        Generation(RuleAutomaton automaton) {
            this.automaton = automaton;
            Reach first = new Reach();
            first.open(push(automaton.rule, end, automaton.calls));
            expand(first);
            start = state(first);
        }

        /** The state of this generation that equals one of another. */
        RuleState copy(RuleState other) {
            Reach reach = new Reach();
            for (Path path : other.paths) {
                reach.heads.add(copied(path));
            }
            return state(reach);
        }

        /** The state in which no path waits for names any more. */
        RuleState opened(RuleState state, WrittenNames names) {
            Reach reach = new Reach();
            for (Path path : state.paths) {
                if (path.head instanceof FreeText.Gate gate && path.tail != null) {
                    reach.open(push(gate.open(names.names()), path.tail, path.left));
                } else {
                    reach.heads.add(path);
                }
            }
            expand(reach);
            return reach.heads.isEmpty() ? state : state(reach);
        }

        private Path copied(Path path) {
            List<Path> stack = new ArrayList<>();
            Path at = path;
            while (at.tail != null) {
                stack.add(at);
                at = at.tail;
            }
            Path copied = end;
            for (Path frame : stack.reversed()) {
                if (frame.head == null || copied == null) {
                    throw new IllegalStateException("a path of another generation cannot be followed");
                }
                copied = push(frame.head, copied, frame.left);
            }
            if (copied == null) {
                throw new IllegalStateException("a path of another generation leads nowhere");
            }
            return copied;
        }

        RuleState state(Reach reach) {
            if (reach.heads.size() > MOST_READINGS) {
                reach.heads.sort(
                        Comparator.comparingInt((Path path) -> path.missing).thenComparingInt(path -> path.number));
                reach.heads.subList(MOST_READINGS, reach.heads.size()).clear();
            }
            reach.heads.sort(Comparator.comparingInt(path -> path.number));
            List<Path> key = List.copyOf(reach.heads);
            return states.computeIfAbsent(key, paths -> new RuleState(this, paths));
        }

        /** A longer path; null when it has no string. */
        @Nullable
        Path push(Rule head, Path tail, int calls) {
            int left = head.recursive() ? calls : 0;
            int own = head.missing(left);
            if (own >= Rule.FAR) {
                return null;
            }
            IdentityHashMap<Rule, Path> longer = tail.longer;
            if (longer == null) {
                longer = new IdentityHashMap<>(1);
                tail.longer = longer;
            }
            Path first = longer.get(head);
            Path known = first;
            while (known != null && known.left != left) {
                known = known.sibling;
            }
            if (known == null) {
                int missing = (int) Math.min((long) own + tail.missing, Integer.MAX_VALUE / 2);
                known = new Path(head, tail, left, paths++, missing);
                known.sibling = first;
                longer.put(head, known);
            }
            return known;
        }

        /** Replaces the open paths by those that start with bytes, or end, and with which they can go on. */
        void expand(Reach reached) {
            while (!reached.open.isEmpty()) {
                Path path = reached.open.removeLast();
                Rule head = path.head;
                Path tail = path.tail;
                if (head == null || tail == null) {
                    reached.heads.add(path);
                    continue;
                }
                int left = path.left;
                switch (head) {
                    case Rule.Bytes _ -> reached.heads.add(path);
                    case Rule.Leaf leaf -> {
                        reached.heads.add(path);
                        if (leaf.ends()) {
                            reached.open(tail);
                        }
                    }
                    case Rule.Sequence sequence -> {
                        Path longer = tail;
                        for (int i = sequence.parts.length - 1; i >= 0 && longer != null; i--) {
                            longer = push(sequence.parts[i], longer, left);
                        }
                        reached.open(longer);
                    }
                    case Rule.Choice choice -> {
                        if (reached.seen.size() > MOST_OPEN) {
                            reached.open(push(choice.shortest(left), tail, left));
                            continue;
                        }
                        for (Rule option : choice.options) {
                            reached.open(push(option, tail, left));
                        }
                    }
                    case Rule.Repeat repeat -> {
                        if (repeat.least == 0) {
                            reached.open(tail);
                            if (reached.seen.size() > MOST_OPEN) {
                                continue;
                            }
                        }
                        Rule rest = repeat.rest();
                        Path after = rest.equals(Rule.EMPTY) ? tail : push(rest, tail, left);
                        reached.open(after == null ? null : push(repeat.item, after, left));
                    }
                    case Rule.Call call -> reached.open(push(call.body(), tail, left - 1));
                    case Rule.Deferred deferred -> reached.open(push(deferred.force(), tail, left));
                }
            }
        }
    }

    /** The paths found while one state is made. */
    private static final class Reach {
        final List<Path> heads = new ArrayList<>();
        final ArrayDeque<Path> open = new ArrayDeque<>();
        private final Set<Path> seen = new HashSet<>();

        void open(@Nullable Path path) {
            if (path != null && seen.add(path)) {
                open.add(path);
            }
        }
    }

    private static final class Path {
        final @Nullable Rule head;
        final @Nullable Path tail;
        /** How many calls may lie within the head. */
        final int left;

        final int number;
        final int missing;

        /** A path with the same head and tail and another number of calls left. */
        @Nullable
        Path sibling;

        @Nullable
        IdentityHashMap<Rule, Path> longer;

        Path(@Nullable Rule head, @Nullable Path tail, int left, int number, int missing) {
            this.head = head;
            this.tail = tail;
            this.left = left;
            this.number = number;
            this.missing = missing;
        }
    }

    private static final class RuleState extends State {
        private final Generation generation;
        private final List<Path> paths;
        private final int missing;
        private final boolean accepting;
        private final boolean gated;

        RuleState(Generation generation, List<Path> paths) {
            this.generation = generation;
            this.paths = paths;
            this.accepting = paths.contains(generation.end);
            this.gated = paths.stream().anyMatch(path -> path.head instanceof FreeText.Gate);
            this.missing = paths.stream().mapToInt(path -> path.missing).min().orElse(Integer.MAX_VALUE);
        }

        @Override
        boolean accepting() {
            return accepting;
        }

        @Override
        int missing() {
            return missing;
        }

        @Override
        State settle(WrittenNames names) {
            Generation current = generation.automaton.current();
            RuleState state = current == generation ? this : current.copy(this);
            return state.gated ? current.opened(state, names) : state;
        }

        @Override
        int shortestByte() {
            for (Path path : paths) {
                boolean over = path.head instanceof Rule.Leaf leaf && leaf.missing(path.left) == 0;
                if (path.missing == missing && !over && !(path.head instanceof FreeText.Gate)) {
                    return switch (path.head) {
                        case Rule.Bytes bytes -> bytes.lowest();
                        case Rule.Leaf leaf -> leaf.shortestByte(path.left);
                        case null, default -> super.shortestByte();
                    };
                }
            }
            return super.shortestByte();
        }

        @Override
        boolean waits() {
            return gated
                    && paths.stream()
                            .noneMatch(path -> path.missing <= missing && !(path.head instanceof FreeText.Gate));
        }

        @Override
        @Nullable
        State compute(int value) {
            Reach reached = new Reach();
            for (Path path : paths) {
                Path tail = path.tail;
                if (path.head instanceof Rule.Bytes bytes && bytes.has(value)) {
                    reached.open(tail);
                } else if (path.head instanceof Rule.Leaf leaf && tail != null) {
                    Rule rest = leaf.derive(value);
                    reached.open(rest == null ? null : generation.push(rest, tail, path.left));
                }
            }
            generation.expand(reached);
            return reached.heads.isEmpty() ? null : generation.state(reached);
        }
    }
}
