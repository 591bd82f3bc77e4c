package telos.plans.planner;

import java.util.Optional;

/** A model, as the two roles need it: text in, text out. It waits, and keeps nothing from one call to the next. */
@FunctionalInterface
public interface Model {
    /**
     * Has it write.
     *
     * @param form a JSON Schema for what it writes, as JSON; a model that cannot be held to one is asked all the same, for
     *     its answer is looked at afterwards
     * @param most characters; an answer that is longer may be cut off right after them
     */
    Said say(Prompt prompt, Optional<String> form, int most);
}
