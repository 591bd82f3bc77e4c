package telos.server.monitor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import telos.kernel.security.Label;

/**
 * Who wants effects: an agent, a client of the HTTP interfaces, or a plan. It carries the join of everything that it was told:
 * what an agent knows cannot be taken out of its model again, so all that it does carries this label. A plan keeps the labels of
 * what it was told apart, and says with each effect which of them it carries; nothing is added to those here.
 */
public final class Subject {
    /** How many of its latest effects a record refers to. */
    private static final int REMEMBERED = 32;

    private final String id;
    private final String name;
    private final Consumer<Pending> asked;
    private final Deque<Long> effects = new ArrayDeque<>();
    private final Optional<String> rules;
    private Label context;

    Subject(String id, String name, Label context, Consumer<Pending> asked) {
        this(id, name, context, Optional.empty(), asked);
    }

    /** @param rules the stamp of those that it was checked by, where it keeps labels apart; by others it may do nothing */
    Subject(String id, String name, Label context, Optional<String> rules, Consumer<Pending> asked) {
        this.id = id;
        this.name = name;
        this.context = context;
        this.rules = rules;
        this.asked = asked;
    }

    /** Told apart from every other, such as {@code agent-3}. */
    public String id() {
        return id;
    }

    /** What people call it. */
    public String name() {
        return name;
    }

    Consumer<Pending> asked() {
        return asked;
    }

    /** What everything that it does carries. */
    public synchronized Label context() {
        return context;
    }

    /** Whether it may be judged by the rules with that stamp. */
    boolean goesBy(String stamp) {
        return rules.isEmpty() || rules.get().equals(stamp);
    }

    /** It was told something of that label. */
    public synchronized void learn(Label label) {
        if (rules.isEmpty()) {
            context = context.join(label);
        }
    }

    /** The result of the effect in that record has come, in some form. */
    synchronized void learn(Label label, long record) {
        learn(label);
        if (effects.size() == REMEMBERED) {
            effects.removeFirst();
        }
        effects.addLast(record);
    }

    /** The records of its latest effects, the oldest first. */
    synchronized List<Long> effects() {
        return List.copyOf(effects);
    }
}
