package telos.plans.policy;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import telos.kernel.security.Integrity;
import telos.kernel.security.Label;
import telos.kernel.security.Readers;
import telos.kernel.security.policy.Condition;
import telos.kernel.security.policy.Effect;
import telos.kernel.security.policy.KnownCall;
import telos.kernel.security.policy.Limit;
import telos.kernel.security.policy.Outcomes;
import telos.kernel.security.policy.Place;
import telos.kernel.security.policy.PolicyRule;
import telos.kernel.security.policy.Term;
import telos.kernel.security.policy.ToolPattern;

/** Reads a policy's text. */
public final class PolicyParser {
    /** The largest text, in bytes. */
    public static final int LARGEST = 1 << 20;

    private static final int MOST_STATEMENTS = 10_000;

    private final Tokens tokens;
    private final Map<String, Readers> groups = new LinkedHashMap<>();
    private final Conditions conditions;
    private final List<PolicyRule> rules = new ArrayList<>();
    private final List<Limit> limits = new ArrayList<>();
    private final List<Case> tests = new ArrayList<>();

    private PolicyParser(Tokens tokens) {
        this.tokens = tokens;
        this.conditions = new Conditions(tokens, groups);
    }

    public static PolicyRead read(byte[] bytes) {
        if (bytes.length > LARGEST) {
            return new PolicyRead.Refused(
                    new PolicyFault(new Place(1, 1), "a policy has at most " + LARGEST + " bytes", ""));
        }
        try {
            return read(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException _) {
            return new PolicyRead.Refused(
                    new PolicyFault(new Place(1, 1), "the text is not valid UTF-8; save it in that encoding", ""));
        }
    }

    public static PolicyRead read(String text) {
        if (text.length() > LARGEST) {
            return new PolicyRead.Refused(
                    new PolicyFault(new Place(1, 1), "a policy has at most " + LARGEST + " bytes", ""));
        }
        try {
            return new PolicyRead.Accepted(new PolicyParser(new Tokens(new Lexer(text).tokens())).text());
        } catch (Refusal refusal) {
            return new PolicyRead.Refused(refusal.fault);
        }
    }

    private PolicyText text() {
        int statements = 0;
        while (!tokens.at(Token.Kind.END)) {
            Place place = tokens.here().place();
            if (++statements > MOST_STATEMENTS) {
                throw new Refusal(place, "a policy has at most " + MOST_STATEMENTS + " statements");
            }
            if (tokens.took("group")) {
                group();
            } else if (tokens.took("limit")) {
                limits.add(limit(place));
            } else if (tokens.took("test")) {
                tests.add(test(place));
            } else {
                Effect effect = effect(
                        Tokens.RESERVED.contains(tokens.here().text())
                                ? "a statement: permit, forbid, ask, limit, group or test"
                                : "permit, forbid, ask, limit, group or test");
                rules.add(rule(effect, place));
            }
        }
        return new PolicyText(rules, limits, groups, tests);
    }

    private Effect effect(String expected) {
        for (Effect each : Effect.values()) {
            if (tokens.took(each.word())) {
                return each;
            }
        }
        throw tokens.wrong(expected);
    }

    private void group() {
        Place place = tokens.here().place();
        String name = tokens.name("a name for the group");
        if (groups.containsKey(name)) {
            throw new Refusal(place, "there already is a group '" + name + "'");
        }
        tokens.need(" and then principals in double quotes, or groups", "=");
        Readers members = conditions.readers();
        if (members.everyone()) {
            throw new Refusal(place, "a group lists its members; write 'everyone' where everyone is meant");
        }
        groups.put(name, members);
    }

    private List<ToolPattern> tools() {
        List<ToolPattern> tools = new ArrayList<>();
        do {
            tools.add(new ToolPattern(tool()));
            if (tools.size() > 1_000) {
                throw new Refusal(tokens.here().place(), "a rule names at most 1000 tools; use a star");
            }
        } while (tokens.took(","));
        return tools;
    }

    private String tool() {
        Token token = tokens.here();
        boolean word = token.kind() == Token.Kind.WORD && !Tokens.RESERVED.contains(token.text());
        if (word
                || ((token.kind() == Token.Kind.STRING || token.kind() == Token.Kind.NAME)
                        && !token.value().isEmpty())) {
            return tokens.take().value();
        }
        throw tokens.wrong("the name of a tool, in which * stands for anything"
                + (Tokens.RESERVED.contains(token.text()) ? "; one that is called so stands in double quotes" : ""));
    }

    private PolicyRule rule(Effect effect, Place place) {
        List<ToolPattern> tools = tools();
        Condition when = tokens.took("when") ? conditions.condition() : Condition.ALWAYS;
        Optional<Condition> unless = tokens.took("unless") ? Optional.of(conditions.condition()) : Optional.empty();
        if (tokens.at("when")) {
            throw new Refusal(
                    tokens.here().place(),
                    unless.isPresent()
                            ? "'when' stands before 'unless'"
                            : "a rule has one 'when'; join the two with 'and'");
        }
        Set<String> even = new LinkedHashSet<>();
        while (tokens.took("even")) {
            tokens.need(": 'even if ARGUMENT is untrusted'", "if");
            even.add(tokens.name("the name of an argument"));
            tokens.need(": 'even if ARGUMENT is untrusted'", "is", "untrusted");
        }
        Optional<String> because =
                tokens.took("because") ? Optional.of(tokens.string("a reason in double quotes")) : Optional.empty();
        PolicyRule rule = new PolicyRule(effect, tools, when, unless, even, because, place);
        for (String each : even) {
            if (!rule.reads().contains(each)) {
                throw new Refusal(
                        place,
                        "'even if " + each
                                + " is untrusted' is for an argument whose value the rule looks at, and it looks at "
                                + (rule.reads().isEmpty() ? "none" : String.join(", ", rule.reads())));
            }
        }
        return rule;
    }

    private Limit limit(Place place) {
        List<ToolPattern> tools = tools();
        tokens.need(" and a number", "to");
        Place at = tokens.here().place();
        BigDecimal most = conditions.number();
        Optional<String> summed = Optional.empty();
        if (tokens.took("of")) {
            summed = Optional.of(tokens.name("the argument that is added up"));
        } else if (!tokens.took("call") && !tokens.took("calls")) {
            throw tokens.wrong("'calls', or 'of' and the argument that is added up");
        }
        if (most.signum() < 0 || (summed.isEmpty() && most.stripTrailingZeros().scale() > 0)) {
            throw new Refusal(at, "a limit is " + (summed.isEmpty() ? "a whole number of calls" : "0 or more"));
        }
        tokens.need(": a limit is for one run, 'per run'", "per", "run");
        return new Limit(tools, most, summed, place);
    }

    private Case test(Place place) {
        String name = tokens.string("the test's name in double quotes");
        List<Case.Expected> calls = new ArrayList<>();
        while (tokens.at("expect")) {
            Place at = tokens.take().place();
            Effect effect = tokens.took("deny") ? Effect.FORBID : effect("what is expected: permit, deny or ask", at);
            calls.add(new Case.Expected(
                    switch (effect) {
                        case PERMIT -> Outcomes.Kind.PERMIT;
                        case FORBID -> Outcomes.Kind.DENY;
                        case ASK -> Outcomes.Kind.ASK;
                    },
                    call(),
                    at));
            if (calls.size() > 1_000) {
                throw new Refusal(at, "a test has at most 1000 calls");
            }
        }
        if (calls.isEmpty()) {
            throw tokens.wrong("'expect' and what must become of a call");
        }
        return new Case(name, place, calls);
    }

    private Effect effect(String expected, Place at) {
        if (tokens.at("forbid")) {
            throw new Refusal(at, "a test expects permit, deny or ask; write deny");
        }
        return effect(expected);
    }

    private KnownCall call() {
        String tool = tool();
        SequencedMap<String, KnownCall.Argument> given = new LinkedHashMap<>();
        if (tokens.took("with")) {
            do {
                Place place = tokens.here().place();
                String name = tokens.name("the name of an argument");
                tokens.need(" and a value", "=");
                Term value = conditions.value();
                Label label = tokens.at("(") ? label() : Label.BOTTOM;
                if (given.put(name, new KnownCall.Argument(value, label)) != null) {
                    throw new Refusal(place, "the argument '" + name + "' is given twice");
                }
            } while (tokens.took(","));
        }
        Label context = Label.BOTTOM;
        if (tokens.took("decided")) {
            tokens.need(": 'decided by (untrusted, for everyone)'", "by");
            context = label();
        }
        return new KnownCall(tool, context, given);
    }

    private Label label() {
        Place place = tokens.here().place();
        tokens.need(" and a label such as (untrusted, for everyone)", "(");
        Integrity integrity;
        if (tokens.took("user")) {
            integrity = Integrity.USER;
        } else if (tokens.took("trusted")) {
            integrity = Integrity.TRUSTED;
        } else if (tokens.took("untrusted")) {
            integrity = Integrity.UNTRUSTED;
        } else {
            throw tokens.wrong("user, trusted or untrusted");
        }
        tokens.need(" and 'for' with who may read it", ",", "for");
        Label label = Label.of(integrity, conditions.readers());
        tokens.need(" to close the one at " + place, ")");
        return label;
    }
}
