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
final class RuleAutomaton implements TokenAutomaton.States {
    /** Of more readings of one text the shortest are kept. */
    private static final int MOST_READINGS = 1024;

    private static final int MOST_OPEN = 20_000;
    /** Bytes that objects take, what hangs on them counted. */
    private static final int STATE = 240;

    private static final int STEP = 6;
    private static final int PATH = 160;
    private static final int REFERENCE = 4;

    private final long limit;
    private final int calls;
    private final Rule rule;
    private Generation generation;

    /**
     * @param calls how many calls may lie one within another
     * @param limit about how many bytes of states are kept, those of one step aside
     */
    RuleAutomaton(Rule rule, int calls, long limit) {
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
        if (generation.bytes > limit) {
            generation = new Generation(this);
        }
        return generation;
    }

    @Override
    public long bytes() {
        return generation.bytes;
    }

    @Override
    public void forget() {
        generation = new Generation(this);
    }

    /** States made together. Texts under way hold on to theirs until they {@link State#settle}. */
    private static final class Generation {
        final RuleAutomaton automaton;
        final Map<List<Path>, RuleState> states = new HashMap<>();
        final Path end = new Path(null, null, 0, 0, 0);
        final State start;
        private final Reach scratch = new Reach();
        private int paths = 1;
        private long bytes;

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
            RuleState known = states.get(key);
            if (known == null) {
                known = new RuleState(this, key);
                states.put(key, known);
                bytes += STATE + (long) REFERENCE * key.size();
            }
            return known;
        }

        /** A longer path; null when it has no string. */
        @Nullable
        Path push(Rule head, Path tail, int calls) {
            int left = head.recursive() ? calls : 0;
            int own = head.missing(left);
            if (own >= Rule.FAR) {
                return null;
            }
            Path known = tail.longer(head, left);
            if (known == null) {
                int missing = (int) Math.min((long) own + tail.missing, Integer.MAX_VALUE / 2);
                known = new Path(head, tail, left, paths++, missing);
                tail.add(known);
                bytes += PATH;
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

        Reach cleared() {
            heads.clear();
            open.clear();
            seen.clear();
            return this;
        }

        void open(@Nullable Path path) {
            if (path != null && seen.add(path)) {
                open.add(path);
            }
        }
    }

    private static final class Path {
        private static final int FEW = 4;

        final @Nullable Rule head;
        final @Nullable Path tail;
        /** How many calls may lie within the head. */
        final int left;

        final int number;
        final int missing;

        /** Of the paths with this tail, while they are few, one and the next of each. */
        private @Nullable Path longer;

        private @Nullable Path sibling;
        private int few;
        /** The others, by their heads; those with the same head are siblings. */
        private @Nullable IdentityHashMap<Rule, Path> many;

        Path(@Nullable Rule head, @Nullable Path tail, int left, int number, int missing) {
            this.head = head;
            this.tail = tail;
            this.left = left;
            this.number = number;
            this.missing = missing;
        }

        /** The known path that is longer by a head. */
        @Nullable
        Path longer(Rule rule, int calls) {
            Path known = longer;
            while (known != null && (!rule.equals(known.head) || known.left != calls)) {
                known = known.sibling;
            }
            if (known == null && many != null) {
                known = many.get(rule);
                while (known != null && known.left != calls) {
                    known = known.sibling;
                }
            }
            return known;
        }

        void add(Path path) {
            Rule rule = path.head;
            if (few < FEW || rule == null) {
                path.sibling = longer;
                longer = path;
                few++;
                return;
            }
            if (many == null) {
                many = new IdentityHashMap<>();
            }
            path.sibling = many.put(rule, path);
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
            boolean ends = false;
            boolean waits = false;
            int least = Integer.MAX_VALUE;
            for (Path path : paths) {
                ends |= path == generation.end;
                waits |= path.head instanceof FreeText.Gate;
                least = Math.min(least, path.missing);
            }
            this.accepting = ends;
            this.gated = waits;
            this.missing = least;
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
            Reach reached = generation.scratch.cleared();
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
            if (reached.heads.isEmpty()) {
                return null;
            }
            generation.bytes += STEP;
            return generation.state(reached);
        }
    }
}
