package telos.plans;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;
import telos.kernel.security.Verdict;
import telos.kernel.security.policy.Call;
import telos.kernel.security.policy.Decision;
import telos.kernel.security.policy.Limit;
import telos.kernel.security.policy.Outcomes;
import telos.kernel.security.policy.Policy;
import telos.kernel.security.policy.Tally;
import telos.kernel.security.policy.Term;
import telos.plans.syntax.Position;
import telos.plans.values.Labels;
import telos.plans.values.Outline;
import telos.plans.values.Payload;
import telos.plans.values.Text;
import telos.plans.values.Truth;
import telos.plans.values.Value;
import telos.plans.values.Whole;

/**
 * Asks the policy of a world about the calls of a plan. It is asked about every tool with effects, and about others if it
 * speaks of them.
 */
final class PolicyGate {
    /** The argument that findings name when it is the policy that may deny. */
    static final String POLICY = "policy";

    private PolicyGate() {}

    /** A call of a run. */
    private record RunCall(
            World world, Tool called, Label context, SequencedMap<String, Value> given, Map<String, Label> labels)
            implements Call {
        RunCall(World world, Tool called, Label context, SequencedMap<String, Value> given) {
            this(world, called, context, given, new LinkedHashMap<>());
            given.forEach((name, value) -> labels.put(name, Labels.deep(value)));
        }

        @Override
        public String tool() {
            return called.name();
        }

        @Override
        public List<String> arguments() {
            return List.copyOf(given.sequencedKeySet());
        }

        @Override
        public Label label(String argument) {
            return labels.getOrDefault(argument, Label.BOTTOM);
        }

        @Override
        public Term value(String argument) {
            Value value = given.get(argument);
            return value == null ? Term.NOTHING : world.term(called, argument, Data.out(value));
        }
    }

    /** A call that a walk comes by. */
    private record WalkedCall(Walk walk, Tool called, Label context, SequencedMap<String, Shadow> given)
            implements Call {
        @Override
        public String tool() {
            return called.name();
        }

        @Override
        public List<String> arguments() {
            return List.copyOf(given.sequencedKeySet());
        }

        @Override
        public Label label(String argument) {
            Shadow shadow = given.get(argument);
            return shadow == null ? Label.BOTTOM : walk.deep(shadow);
        }

        @Override
        public Term value(String argument) {
            Shadow shadow = given.get(argument);
            return shadow == null ? Term.NOTHING : known(walk, called, argument, shadow);
        }

        @Override
        public boolean exact() {
            return false;
        }
    }

    /** What a walk knows of an argument: scalars whose value is public, and lists of which it knows each element. */
    private static Term known(Walk walk, Tool tool, String argument, Shadow shadow) {
        World world = walk.machine.world;
        Value value = shadow.known();
        if (value != null && shadow.refs().isEmpty() && scalar(value.payload())) {
            return world.term(tool, argument, Data.out(value));
        }
        Outline outline = walk.outline(shadow);
        Payload constant = outline.constant();
        return constant != null && scalar(constant)
                ? world.term(tool, argument, Data.out(new Value(constant)))
                : Term.UNKNOWN;
    }

    private static boolean scalar(Payload payload) {
        return payload instanceof Text
                || payload instanceof Whole
                || payload instanceof Truth
                || payload instanceof telos.plans.values.Real
                || payload instanceof telos.plans.values.Nothing;
    }

    static Term term(Datum datum) {
        return switch (datum) {
            case Datum.Nothing _ -> Term.NOTHING;
            case Datum.Truth(boolean truth) -> new Term.Truth(truth);
            case Datum.Whole(var whole) -> new Term.Quantity(new BigDecimal(whole));
            case Datum.Real(double real) ->
                Double.isFinite(real) ? new Term.Quantity(new BigDecimal(real)) : Term.OTHER;
            case Datum.Text(String text) -> new Term.Text(text);
            case Datum.Items(List<Datum> values) -> {
                List<Term> items = new ArrayList<>();
                values.forEach(each -> items.add(term(each)));
                yield new Term.Items(items);
            }
            case Datum.Fields _ -> Term.OTHER;
        };
    }

    private static boolean asks(World world, Policy policy, Tool tool) {
        return tool.effect() || world.decides(tool) || policy.speaksOf(tool.name());
    }

    /**
     * Decides about a call of a run, and takes from the limits what it uses; where it may not be the run ends here. Where the
     * world decides, only what its decision tells is kept here, and the most that it may have taken.
     */
    static void check(Machine machine, Position position, Tool tool, SequencedMap<String, Value> given, Label context) {
        Policy policy = machine.policy;
        Tally tally = machine.tally;
        if (policy == null || tally == null || !asks(machine.world, policy, tool)) {
            return;
        }
        RunCall call = new RunCall(machine.world, tool, context, given);
        if (machine.world.decides(tool)) {
            Label looked = policy.looksAtMost(call, tally.atMost());
            decided(machine, looked);
            policy.count(call, tally, looked);
            return;
        }
        Decision decision = policy.decide(call, tally);
        decided(machine, decision.label());
        switch (decision) {
            case Decision.Permit _ -> {}
            case Decision.Deny deny -> throw refused(machine, position, tool, deny.reason());
            case Decision.Ask ask -> {
                SequencedMap<String, Datum> sent = new LinkedHashMap<>();
                given.forEach((name, value) -> sent.put(name, Data.sent(machine, value)));
                if (!machine.world.agrees(tool, sent, ask)) {
                    throw refused(
                            machine,
                            position,
                            tool,
                            "the policy asks a person, and nobody agreed: "
                                    + ask.question().why());
                }
            }
        }
        policy.count(call, tally, decision.label());
    }

    /** In a world that looks the same it may have fallen otherwise, and then the run has ended. */
    private static void decided(Machine machine, Label looked) {
        if (!machine.open(looked) && machine.rules.hold(LabelRule.PROGRESS_DENIAL)) {
            machine.progress = machine.progress.join(looked).join(machine.pc);
        }
    }

    /** Tells of a denial; who hears of it throws this. */
    static Machine.Refused refused(Machine machine, Position position, Tool tool, String reason) {
        machine.listener.denied(position, tool.name(), reason);
        return new Machine.Refused(position, tool.name(), reason);
    }

    /** The same in a walk: whatever the policy may say, and what is taken from limits in some way. */
    static void walk(Walk walk, Tool tool, SequencedMap<String, Shadow> given) {
        Policy policy = walk.machine.policy;
        Tally tally = walk.machine.tally;
        WalkSpending spending = walk.spending;
        if (policy == null || tally == null || spending == null || !asks(walk.machine.world, policy, tool)) {
            return;
        }
        Label context = walk.context();
        WalkedCall call = new WalkedCall(walk, tool, context, given);
        Outcomes outcomes = policy.possible(call, spending);
        Label looked = policy.looksAtMost(call, spending);
        if (!outcomes.surely(Outcomes.Kind.PERMIT)) {
            String why = String.join("; or ", policy.doubts(call, spending));
            walk.finding(tool, POLICY, label(call), new Verdict.Denied(tool.name(), POLICY, why));
        }
        if (!outcomes.surely(Outcomes.Kind.PERMIT) || !looked.isBottom()) {
            walk.mayBeDenied(looked);
        }
        for (int index : policy.limitsFor(tool.name())) {
            Limit limit = policy.limits().get(index);
            Label charged = context.join(looked);
            if (limit.summed().isPresent()) {
                charged = charged.join(call.label(limit.summed().get()));
            }
            tally.raise(index, charged);
            spending.charge(
                    index,
                    limit.charge(call) instanceof Term.Quantity(BigDecimal amount) ? amount : null,
                    walk.steps(),
                    beyond(walk, tool, label(call), limit));
        }
    }

    private static Runnable beyond(Walk walk, Tool tool, Label label, Limit limit) {
        return () -> {
            walk.mayBeDenied(label);
            walk.finding(
                    tool,
                    POLICY,
                    label,
                    new Verdict.Denied(
                            tool.name(),
                            POLICY,
                            "calls of " + tool.name() + " may come to more than the limit of " + limit + " ("
                                    + limit.place() + ")"));
        };
    }

    /** Whatever can be called may be called: nothing is known of what is taken from any limit. */
    static void anything(Walk walk, Label label) {
        Policy policy = walk.machine.policy;
        Tally tally = walk.machine.tally;
        WalkSpending spending = walk.spending;
        if (policy != null && tally != null && spending != null) {
            for (int i = 0; i < policy.limits().size(); i++) {
                tally.raise(i, walk.context().join(label));
                spending.charge(i, null, walk.steps(), () -> {});
            }
        }
    }

    private static Label label(Call call) {
        Label label = call.context();
        for (String each : call.arguments()) {
            label = label.join(call.label(each));
        }
        return label;
    }

    static @Nullable Policy ready(World world) {
        List<String> tools = new ArrayList<>(world.tools().keySet());
        tools.add("ask");
        return world.policy().map(each -> each.readyFor(tools)).orElse(null);
    }
}
