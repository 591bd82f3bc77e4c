package telos.inference.constraint;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The nondeterministic automaton of one regular expression (Thompson, "Regular Expression Search Algorithm", CACM 1968),
 * with assertions as edges that are open only in some contexts.
 */
final class Nfa {
    static final int MOST_NODES = 20_000;

    /** What stands beside a place in a text. */
    enum Beside {
        NOTHING,
        WORD,
        OTHER
    }

    private enum Kind {
        CHARACTERS,
        SPLIT,
        START,
        END,
        BOUNDARY,
        NO_BOUNDARY,
        MATCH
    }

    private record Node(
            Kind kind, int next, int other, @Nullable CodePoints set) {}

    private final List<Node> nodes = new ArrayList<>();
    private final int start;
    private boolean boundaries;

    private Nfa(Regex regex, boolean whole) throws RegexParser.Unreadable {
        if (size(regex) > MOST_NODES) {
            throw new RegexParser.Unreadable(
                    "the expression is too large: repetitions written out, it has more than " + MOST_NODES + " parts");
        }
        int match = add(new Node(Kind.MATCH, -1, -1, null));
        int end = whole ? add(new Node(Kind.END, match, -1, null)) : match;
        int first = build(regex, end);
        if (!whole) {
            int loop = add(new Node(Kind.SPLIT, first, nodes.size() + 1, null));
            add(new Node(Kind.CHARACTERS, loop, -1, CodePoints.ALL));
            first = loop;
        }
        start = first;
    }

    /** The automaton of the texts that hold a match, or that are one when {@code whole}. */
    static Nfa of(Regex regex, boolean whole) throws RegexParser.Unreadable {
        return new Nfa(regex, whole);
    }

    int size() {
        return nodes.size();
    }

    boolean hasBoundaries() {
        return boundaries;
    }

    BitSet start() {
        BitSet kernel = new BitSet();
        kernel.set(start);
        return kernel;
    }

    /** The sets of characters that tell texts apart. */
    List<CodePoints> sets() {
        List<CodePoints> sets = new ArrayList<>();
        for (Node node : nodes) {
            if (node.set != null) {
                sets.add(node.set);
            }
        }
        return sets;
    }

    /** The nodes that can be reached without a character between what stands before and what comes next. */
    BitSet closure(BitSet kernel, Beside before, Beside next) {
        BitSet reached = new BitSet();
        int[] open = new int[nodes.size() + 1];
        int count = 0;
        for (int node = kernel.nextSetBit(0); node >= 0; node = kernel.nextSetBit(node + 1)) {
            reached.set(node);
            open[count++] = node;
        }
        boolean boundary = (before == Beside.WORD) != (next == Beside.WORD);
        while (count > 0) {
            Node node = nodes.get(open[--count]);
            boolean passes = switch (node.kind) {
                case SPLIT -> true;
                case START -> before == Beside.NOTHING;
                case END -> next == Beside.NOTHING;
                case BOUNDARY -> boundary;
                case NO_BOUNDARY -> !boundary;
                case CHARACTERS, MATCH -> false;
            };
            if (passes && !reached.get(node.next)) {
                reached.set(node.next);
                open[count++] = node.next;
            }
            if (passes && node.other >= 0 && !reached.get(node.other)) {
                reached.set(node.other);
                open[count++] = node.other;
            }
        }
        return reached;
    }

    boolean matches(BitSet closure) {
        return closure.get(0);
    }

    /** Where the character that stands for its class leads. */
    BitSet step(BitSet closure, int codePoint) {
        BitSet kernel = new BitSet();
        for (int at = closure.nextSetBit(0); at >= 0; at = closure.nextSetBit(at + 1)) {
            Node node = nodes.get(at);
            if (node.set != null && node.set.has(codePoint)) {
                kernel.set(node.next);
            }
        }
        return kernel;
    }

    private int add(Node node) {
        nodes.add(node);
        return nodes.size() - 1;
    }

    private static long size(Regex regex) {
        return switch (regex) {
            case Regex.Join join -> join.parts().stream().mapToLong(Nfa::size).sum() + 1;
            case Regex.Either either ->
                either.options().stream().mapToLong(Nfa::size).sum()
                        + either.options().size();
            case Regex.Repeat repeat -> (size(repeat.item()) + 1) * (Math.max(repeat.least(), repeat.most()) + 1L);
            case Regex.Characters _, Regex.Start _, Regex.End _, Regex.Boundary _, Regex.Ahead _ -> 1;
        };
    }

    private int build(Regex regex, int next) throws RegexParser.Unreadable {
        return switch (regex) {
            case Regex.Characters characters -> add(new Node(Kind.CHARACTERS, next, -1, characters.set()));
            case Regex.Start _ -> add(new Node(Kind.START, next, -1, null));
            case Regex.End _ -> add(new Node(Kind.END, next, -1, null));
            case Regex.Boundary boundary -> {
                boundaries = true;
                yield add(new Node(boundary.negative() ? Kind.NO_BOUNDARY : Kind.BOUNDARY, next, -1, null));
            }
            case Regex.Ahead _ ->
                throw new RegexParser.Unreadable(
                        "looking ahead is only known at the very start, after ^: write what the whole text must be");
            case Regex.Join join -> {
                int at = next;
                for (Regex part : join.parts().reversed()) {
                    at = build(part, at);
                }
                yield at;
            }
            case Regex.Either either -> {
                int at = build(either.options().getLast(), next);
                for (Regex option :
                        either.options().reversed().subList(1, either.options().size())) {
                    at = add(new Node(Kind.SPLIT, build(option, next), at, null));
                }
                yield at;
            }
            case Regex.Repeat repeat -> repeat(repeat, next);
        };
    }

    private int repeat(Regex.Repeat repeat, int next) throws RegexParser.Unreadable {
        int at = next;
        if (repeat.most() == Rule.UNBOUNDED) {
            int loop = add(new Node(Kind.SPLIT, next, -1, null));
            nodes.set(loop, new Node(Kind.SPLIT, build(repeat.item(), loop), next, null));
            at = loop;
        } else {
            for (int i = repeat.least(); i < repeat.most(); i++) {
                at = add(new Node(Kind.SPLIT, build(repeat.item(), at), next, null));
            }
        }
        for (int i = 0; i < repeat.least(); i++) {
            at = build(repeat.item(), at);
        }
        return at;
    }
}
