package telos.inference.constraint;

import java.util.ArrayList;
import java.util.List;

/** Objects and arrays in JSON, made of the rules of their parts. */
final class Shapes {
    /** The most spaces of one indentation. */
    private static final int INDENT = 16;

    private final Rule gap;
    private final Rule afterColon;

    Shapes(boolean compact) {
        Rule space = Rule.literal(" ");
        gap = compact
                ? Rule.EMPTY
                : Rule.optional(Rule.choice(space, Rule.sequence(Rule.literal("\n"), Rule.repeat(space, 0, INDENT))));
        afterColon = compact ? Rule.EMPTY : Rule.optional(space);
    }

    /** One member of an object; {@code name} is its name as a JSON string. */
    record Member(Rule name, Rule value, boolean required) {}

    /** An object with these members in this order, those not required given or not. */
    Rule object(List<Member> members) {
        Rule comma = Rule.sequence(Rule.literal(","), gap);
        Rule later = Rule.EMPTY;
        Rule first = Rule.EMPTY;
        for (Member member : members.reversed()) {
            Rule here = Rule.sequence(member.name(), Rule.literal(":"), afterColon, member.value());
            if (member.required()) {
                first = Rule.sequence(here, later);
                later = Rule.sequence(comma, here, later);
            } else {
                first = Rule.choice(Rule.sequence(here, later), first);
                later = Rule.sequence(Rule.optional(Rule.sequence(comma, here)), later);
            }
        }
        return Rule.sequence(Rule.literal("{"), gap, first, gap, Rule.literal("}"));
    }

    /** An object with any members, all with a value of one kind. Names may repeat. */
    Rule map(Rule name, Rule value) {
        Rule member = Rule.sequence(name, Rule.literal(":"), afterColon, value);
        return list("{", member, 0, Rule.UNBOUNDED, "}");
    }

    /** An array of {@code least} to {@code most} items. */
    Rule array(Rule item, int least, int most) {
        return list("[", item, least, most, "]");
    }

    private Rule list(String open, Rule item, int least, int most, String close) {
        Rule next = Rule.sequence(Rule.literal(","), gap, item);
        int more = most == Rule.UNBOUNDED ? Rule.UNBOUNDED : most - 1;
        List<Rule> options = new ArrayList<>();
        if (least == 0) {
            options.add(Rule.EMPTY);
        }
        if (most != 0) {
            options.add(Rule.sequence(item, Rule.repeat(next, Math.max(0, least - 1), more)));
        }
        return Rule.sequence(Rule.literal(open), gap, Rule.choice(options), gap, Rule.literal(close));
    }
}
