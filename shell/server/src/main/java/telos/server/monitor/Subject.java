package telos.server.monitor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import telos.kernel.security.Label;

/**
 * Who wants effects: an agent, or a client of the HTTP interfaces. It carries the join of everything that it was told: what
 * an agent knows cannot be taken out of its model again, so all that it does carries this label.
 */
public final class Subject {
    /** How many of its latest effects a record refers to. */
    private static final int REMEMBERED = 32;

    private final String id;
    private final String name;
    private final Consumer<Pending> asked;
    private final Deque<Long> effects = new ArrayDeque<>();
    private Label context;

    Subject(String id, String name, Label context, Consumer<Pending> asked) {
        this.id = id;
        this.name = name;
        this.context = context;
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

    /** It was told something of that label. */
    public synchronized void learn(Label label) {
        context = context.join(label);
    }

    /** The result of the effect in that record has come, in some form. */
    synchronized void learn(Label label, long record) {
        context = context.join(label);
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
