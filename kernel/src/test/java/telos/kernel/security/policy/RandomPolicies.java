package telos.kernel.security.policy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SequencedMap;
import java.util.Set;
import telos.kernel.security.Integrity;
import telos.kernel.security.Label;
import telos.kernel.security.Readers;

/** Policies and calls from a seed, over few names and values so that they often meet. */
final class RandomPolicies {
    static final List<String> TOOLS = List.of("send", "send_all", "pay");
    static final List<String> ARGUMENTS = List.of("a", "b", "c");
    static final List<String> PRINCIPALS = List.of("alice", "bob", "eve");

    final Random random;

    RandomPolicies(long seed) {
        random = new Random(seed);
    }

    <T> T of(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    Policy policy() {
        List<PolicyRule> rules = new ArrayList<>();
        int count = random.nextInt(7);
        for (int i = 0; i < count; i++) {
            Condition when = random.nextInt(5) == 0 ? Condition.ALWAYS : condition(2);
            Optional<Condition> unless = random.nextInt(4) == 0 ? Optional.of(condition(1)) : Optional.empty();
            Set<String> even = random.nextInt(6) == 0 ? Set.of(of(ARGUMENTS)) : Set.of();
            rules.add(new PolicyRule(
                    of(List.of(Effect.values())),
                    patterns(),
                    when,
                    unless,
                    even,
                    Optional.empty(),
                    new Place(i + 1, 1)));
        }
        List<Limit> limits = new ArrayList<>();
        for (int i = random.nextInt(3); i > 1; i--) {
            limits.add(new Limit(
                    patterns(),
                    BigDecimal.valueOf(random.nextInt(4)),
                    random.nextBoolean() ? Optional.of(of(ARGUMENTS)) : Optional.empty(),
                    new Place(100 + i, 1)));
        }
        return Policy.of(rules, limits, random.nextBoolean() ? TOOLS : List.of());
    }

    private List<ToolPattern> patterns() {
        return List.of(new ToolPattern(of(List.of("send", "send*", "*", "pay", "*_all"))));
    }

    private Condition condition(int depth) {
        int pick = random.nextInt(depth == 0 ? 5 : 8);
        return switch (pick) {
            case 0 -> new Condition.Trusted(subject(), of(List.of(Integrity.TRUSTED, Integrity.USER)));
            case 1 -> new Condition.ReadableBy(subject(), told());
            case 2, 3, 4 ->
                new Condition.Tested(
                        new Reading(
                                of(List.of(Reading.Of.values())),
                                of(List.of(Reading.Part.WHOLE, Reading.Part.LENGTH)),
                                of(ARGUMENTS)),
                        check());
            case 5 -> new Condition.Not(condition(depth - 1));
            case 6 -> new Condition.All(List.of(condition(depth - 1), condition(depth - 1)));
            default -> new Condition.Any(List.of(condition(depth - 1), condition(depth - 1)));
        };
    }

    private Subject subject() {
        return switch (random.nextInt(5)) {
            case 0 -> Subject.CALL;
            case 1 -> Subject.EVERY;
            default -> new Subject.Argument(of(ARGUMENTS));
        };
    }

    private Told told() {
        return switch (random.nextInt(3)) {
            case 0 -> new Told(Readers.EVERYONE, List.of());
            case 1 -> new Told(Readers.of(of(PRINCIPALS)), List.of());
            default -> new Told(Readers.NOBODY, List.of(of(ARGUMENTS)));
        };
    }

    private Check check() {
        return switch (random.nextInt(6)) {
            case 0 -> new Check.Compared(of(List.of(Check.Order.values())), BigDecimal.valueOf(random.nextInt(3)));
            case 1 -> new Check.OneOf(List.of(value(0), value(0)));
            case 2 -> new Check.Starts(of(PRINCIPALS).substring(0, 1));
            case 3 -> new Check.Contains(of(PRINCIPALS));
            case 4 -> new Check.Matches("[a-c].*", text -> !text.isEmpty() && text.charAt(0) <= 'c');
            default -> new Check.Given();
        };
    }

    Term value(int depth) {
        return switch (random.nextInt(depth == 0 ? 4 : 6)) {
            case 0 -> Term.Quantity.of(random.nextInt(4) - 1);
            case 1, 2 -> new Term.Text(of(PRINCIPALS));
            case 3 -> new Term.Truth(random.nextBoolean());
            case 4 -> new Term.Items(random.nextBoolean() ? List.of(value(0)) : List.of(value(0), value(0)));
            default -> Term.NOTHING;
        };
    }

    Label label() {
        Readers readers = switch (random.nextInt(4)) {
            case 0 -> Readers.of(of(PRINCIPALS));
            case 1 -> Readers.of("alice", "bob");
            default -> Readers.EVERYONE;
        };
        Integrity integrity = of(List.of(Integrity.USER, Integrity.USER, Integrity.TRUSTED, Integrity.UNTRUSTED));
        return Label.of(integrity, readers);
    }

    KnownCall call() {
        SequencedMap<String, KnownCall.Argument> given = new LinkedHashMap<>();
        for (String each : ARGUMENTS) {
            if (random.nextInt(8) != 0) {
                given.put(each, new KnownCall.Argument(value(1), random.nextInt(3) == 0 ? Label.BOTTOM : label()));
            }
        }
        return new KnownCall(of(TOOLS), random.nextInt(3) == 0 ? label() : Label.BOTTOM, given);
    }
}
