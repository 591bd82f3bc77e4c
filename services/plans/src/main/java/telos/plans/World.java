package telos.plans;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import telos.kernel.security.Rule;
import telos.kernel.security.Verdict;
import telos.kernel.security.policy.Decision;
import telos.kernel.security.policy.Policy;
import telos.kernel.security.policy.Term;

/** Everything outside of a plan. */
public interface World {
    /** Every tool that a plan may call, by name. */
    SequencedMap<String, Tool> tools();

    /** Carries a call out. It is asked only after the rules of the tool held. */
    Result call(Invocation call);

    /**
     * Whether it decides about each call of that tool itself, by its {@link #policy}: then a run leaves that to {@link #call},
     * which says {@link Result.Denied} where the policy does, and only foresees what may come of it.
     */
    default boolean decides(Tool tool) {
        return false;
    }

    /** What the policy is shown as an argument; unknown where only the world can tell. */
    default Term term(Tool tool, String argument, Datum value) {
        return PolicyGate.term(value);
    }

    /** The answer of a model without tools; empty where it cannot answer, or there is none. */
    default Optional<Datum> ask(String question, Datum data, Datum schema) {
        return Optional.empty();
    }

    /** What is asked of {@code question}, {@code data}, {@code schema} and {@code call}, for a model is a sink. */
    default Map<String, List<Rule>> askRules() {
        return Map.of();
    }

    /** Answers of every type that {@link #ask} may come to; only their types count. Empty: any type. */
    default List<Datum> answers() {
        return List.of();
    }

    /** What is said of tools to whoever writes plans, by the names of the tools. */
    default Map<String, Manual> manuals() {
        return Map.of();
    }

    /** Rules that are asked about every call with effects, besides those of its tool. */
    default Optional<Policy> policy() {
        return Optional.empty();
    }

    /** Whether a person agrees to a call about which the policy asks: to this one, with these arguments. */
    default boolean agrees(Tool tool, SequencedMap<String, Datum> arguments, Decision.Ask asked) {
        return false;
    }

    /**
     * Whether a person agrees to a call that was denied: to this one, with these arguments. The run then goes on as if it
     * had been allowed.
     */
    default boolean agrees(Tool tool, SequencedMap<String, Datum> arguments, Verdict.Denied why) {
        return false;
    }
}
