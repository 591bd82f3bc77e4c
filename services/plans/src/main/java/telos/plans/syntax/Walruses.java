package telos.plans.syntax;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The {@code :=} of the function being read, to refuse those that Python refuses in comprehensions (PEP 572). */
final class Walruses {
    private final Source source;
    private final List<Expression.Walrus> read = new ArrayList<>();
    private int iterables;
    private boolean inClass;

    Walruses(Source source) {
        this.source = source;
    }

    /** How many there have been: a mark for {@link #comprehension} and {@link #forget}. */
    int mark() {
        return read.size();
    }

    void add(Expression.Walrus walrus) {
        if (iterables > 0) {
            String message = "':=' cannot stand in what a comprehension loops over";
            throw source.refusal(walrus.position(), message, "an assignment before the statement");
        }
        read.add(walrus);
    }

    void enterIterable() {
        iterables++;
    }

    void leaveIterable() {
        iterables--;
    }

    void inClass(boolean now) {
        inClass = now;
    }

    /** Checks a comprehension in which those since the mark stand. */
    void comprehension(int mark, List<Expression.Clause> clauses) {
        if (mark == read.size()) {
            return;
        }
        if (inClass) {
            throw source.refusal(read.get(mark).position(), "':=' cannot stand in a comprehension in a class", "");
        }
        Set<String> loops = new HashSet<>();
        clauses.forEach(clause -> names(clause.target(), loops));
        for (Expression.Walrus walrus : read.subList(mark, read.size())) {
            if (loops.contains(walrus.name())) {
                String message = "':=' cannot bind '" + walrus.name() + "', over which the comprehension loops";
                throw source.refusal(walrus.position(), message, "another name");
            }
        }
    }

    /** Drops those since the mark, which belong to a function that has ended. */
    void forget(int mark) {
        read.subList(mark, read.size()).clear();
    }

    private static void names(Target target, Set<String> names) {
        switch (target) {
            case Target.Name name -> names.add(name.name());
            case Target.Several several -> several.elements().forEach(each -> names(each, names));
            case Target.Starred starred -> names(starred.target(), names);
            case Target.Attribute _, Target.Item _ -> {}
        }
    }
}
