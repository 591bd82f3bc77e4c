package telos.inference.constraint;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * Works out how much every rule below one is missing. With no calls left a call has no string; with one more, a call is
 * missing what its body is with one less. So the levels follow one from another, and once two are alike all later ones
 * are.
 */
final class Recursion {
    private Recursion() {}

    static void solve(Rule root, int depth) {
        List<Rule> order = order(root);
        int[][] levels = new int[order.size()][];
        for (int i = 0; i < levels.length; i++) {
            levels[i] = new int[depth + 1];
        }
        int level = 0;
        boolean changed = true;
        while (changed && level <= depth) {
            changed = false;
            for (int i = 0; i < levels.length; i++) {
                Rule rule = order.get(i);
                levels[i][level] = (int) Math.min(rule.compute(level), Rule.FAR);
                changed |= level == 0 || levels[i][level] != levels[i][level - 1];
                for (int later = level; later <= depth; later++) {
                    levels[i][later] = levels[i][level];
                }
                rule.know(levels[i]);
            }
            level++;
        }
        for (int i = 0; i < levels.length; i++) {
            order.get(i).know(java.util.Arrays.copyOf(levels[i], Math.min(level, depth + 1)));
        }
    }

    /** The recursive rules below {@code root}, each after its parts, calls aside: those ask a level that is known. */
    private static List<Rule> order(Rule root) {
        Set<Rule> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        List<Rule> order = new ArrayList<>();
        Deque<Rule> roots = new ArrayDeque<>(List.of(root));
        while (!roots.isEmpty()) {
            visit(roots.removeLast(), seen, order, roots);
        }
        return order;
    }

    private record Open(Rule rule, Iterator<Rule> parts) {}

    private static void visit(Rule root, Set<Rule> seen, List<Rule> order, Deque<Rule> roots) {
        Deque<Open> open = new ArrayDeque<>();
        enter(root, seen, open, roots);
        while (!open.isEmpty()) {
            Open top = open.getLast();
            if (top.parts.hasNext()) {
                enter(top.parts.next(), seen, open, roots);
            } else {
                order.add(top.rule);
                open.removeLast();
            }
        }
    }

    private static void enter(Rule rule, Set<Rule> seen, Deque<Open> open, Deque<Rule> roots) {
        if (!rule.recursive() || !seen.add(rule)) {
            return;
        }
        if (rule instanceof Rule.Call call) {
            roots.add(call.body());
            open.add(new Open(rule, List.<Rule>of().iterator()));
        } else {
            open.add(new Open(rule, rule.parts().iterator()));
        }
    }
}
