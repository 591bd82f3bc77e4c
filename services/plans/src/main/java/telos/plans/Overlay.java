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

/** A world that is another one in all but what a subclass changes. */
public abstract class Overlay implements World {
    protected final World below;

    protected Overlay(World below) {
        this.below = below;
    }

    @Override
    public SequencedMap<String, Tool> tools() {
        return below.tools();
    }

    @Override
    public Result call(Invocation call) {
        return below.call(call);
    }

    @Override
    public boolean decides(Tool tool) {
        return below.decides(tool);
    }

    @Override
    public Term term(Tool tool, String argument, Datum value) {
        return below.term(tool, argument, value);
    }

    @Override
    public Optional<Datum> ask(String question, Datum data, Datum schema) {
        return below.ask(question, data, schema);
    }

    @Override
    public Map<String, List<Rule>> askRules() {
        return below.askRules();
    }

    @Override
    public List<Datum> answers() {
        return below.answers();
    }

    @Override
    public Map<String, Manual> manuals() {
        return below.manuals();
    }

    @Override
    public Optional<Policy> policy() {
        return below.policy();
    }

    @Override
    public boolean agrees(Tool tool, SequencedMap<String, Datum> arguments, Decision.Ask asked) {
        return below.agrees(tool, arguments, asked);
    }

    @Override
    public boolean agrees(Tool tool, SequencedMap<String, Datum> arguments, Verdict.Denied why) {
        return below.agrees(tool, arguments, why);
    }
}
