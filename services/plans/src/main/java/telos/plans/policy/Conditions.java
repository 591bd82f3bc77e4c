package telos.plans.policy;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import telos.kernel.security.Integrity;
import telos.kernel.security.Readers;
import telos.kernel.security.policy.Check;
import telos.kernel.security.policy.Condition;
import telos.kernel.security.policy.Place;
import telos.kernel.security.policy.Reading;
import telos.kernel.security.policy.Subject;
import telos.kernel.security.policy.Term;
import telos.kernel.security.policy.Told;

/** Reads conditions. */
final class Conditions {
    private static final int DEEPEST = 50;
    private static final int MOST_LISTED = 10_000;
    private static final int LONGEST_PATTERN = 200;
    /** How much the counted repetitions of a pattern may come to when multiplied. */
    private static final int MOST_REPEATED = 1_000;

    private static final String TESTS = "is, is not, may be read by, <, <=, >, >=, starts with, ends with, contains, "
            + "matches, is under, is one of or is given";

    private final Tokens tokens;
    private final Map<String, Readers> groups;
    private int depth;

    Conditions(Tokens tokens, Map<String, Readers> groups) {
        this.tokens = tokens;
        this.groups = groups;
    }

    Condition condition() {
        Condition first = operand();
        if (!tokens.at("and") && !tokens.at("or")) {
            return first;
        }
        String word = tokens.here().text();
        List<Condition> parts = new ArrayList<>(List.of(first));
        while (tokens.took(word)) {
            parts.add(operand());
        }
        if (tokens.at("and") || tokens.at("or")) {
            throw new Refusal(
                    tokens.here().place(),
                    "'and' and 'or' stand side by side; put what belongs together in parentheses");
        }
        return word.equals("and") ? new Condition.All(parts) : new Condition.Any(parts);
    }

    private Condition operand() {
        Place place = tokens.here().place();
        if (tokens.took("not")) {
            deeper(place);
            Condition part = operand();
            depth--;
            return new Condition.Not(part);
        }
        if (tokens.took("(")) {
            deeper(place);
            Condition inner = condition();
            tokens.need(" to close the one at " + place, ")");
            depth--;
            return inner;
        }
        return atom();
    }

    private void deeper(Place place) {
        if (++depth > DEEPEST) {
            throw new Refusal(place, "conditions lie at most " + DEEPEST + " deep; use more rules");
        }
    }

    private Condition atom() {
        if (tokens.took("call")) {
            return label(Subject.CALL);
        }
        if (tokens.took("everything")) {
            return label(Subject.EVERY);
        }
        Reading reading = reading();
        boolean whole = reading.of() == Reading.Of.IT && reading.part() == Reading.Part.WHOLE;
        if (whole && (tokens.at("may") || (tokens.at("is") && speaksOfTrust()))) {
            return label(new Subject.Argument(reading.argument()));
        }
        boolean not = tokens.at("is") && tokens.next().is("not");
        if (not) {
            tokens.take();
            tokens.take();
            if (whole && (tokens.at("trusted") || tokens.at("from"))) {
                return new Condition.Not(trust(new Subject.Argument(reading.argument())));
            }
        }
        if (not) {
            // "any x is not 1" means that one of them is not, and so the opposite of "each x is 1".
            Reading.Of opposite = switch (reading.of()) {
                case IT -> Reading.Of.IT;
                case EACH -> Reading.Of.ANY;
                case ANY -> Reading.Of.EACH;
            };
            Reading other = new Reading(opposite, reading.part(), reading.argument());
            return new Condition.Not(new Condition.Tested(other, is(reading)));
        }
        return new Condition.Tested(reading, check(reading));
    }

    private boolean speaksOfTrust() {
        Token next = tokens.next();
        return next.is("trusted") || next.is("from") || next.is("untrusted");
    }

    private Condition label(Subject subject) {
        if (tokens.took("may")) {
            tokens.need(": 'may be read by'", "be", "read", "by");
            return new Condition.ReadableBy(subject, told());
        }
        tokens.need(": a label is asked for with 'is trusted', 'is from the user' or 'may be read by'", "is");
        return tokens.took("not") ? new Condition.Not(trust(subject)) : trust(subject);
    }

    private Condition trust(Subject subject) {
        if (tokens.took("trusted")) {
            return new Condition.Trusted(subject, Integrity.TRUSTED);
        }
        if (tokens.took("untrusted")) {
            return new Condition.Not(new Condition.Trusted(subject, Integrity.TRUSTED));
        }
        if (tokens.took("from")) {
            tokens.need(": 'is from the user'", "the", "user");
            return new Condition.Trusted(subject, Integrity.USER);
        }
        throw tokens.wrong("'trusted', 'untrusted' or 'from the user'");
    }

    private Reading reading() {
        Reading.Of of = Reading.Of.IT;
        if (tokens.took("each")) {
            of = Reading.Of.EACH;
        } else if (tokens.took("any")) {
            of = Reading.Of.ANY;
        }
        Reading.Part part = Reading.Part.WHOLE;
        if (tokens.next().is("of")) {
            Optional<Reading.Part> found = switch (tokens.here().text()) {
                case "length" -> Optional.of(Reading.Part.LENGTH);
                case "domain" -> Optional.of(Reading.Part.DOMAIN);
                case "host" -> Optional.of(Reading.Part.HOST);
                default -> Optional.empty();
            };
            if (found.isEmpty()) {
                throw tokens.wrong("'length of', 'domain of' or 'host of'");
            }
            part = found.get();
            tokens.take();
            tokens.take();
        }
        return new Reading(of, part, tokens.name("the name of an argument, 'call' or 'everything'"));
    }

    private Check check(Reading reading) {
        for (Check.Order each : Check.Order.values()) {
            if (tokens.took(each.sign())) {
                return new Check.Compared(each, number());
            }
        }
        if (tokens.at("=") || tokens.at("==") || tokens.at("!=")) {
            throw new Refusal(
                    tokens.here().place(), "values are compared with 'is' and 'is not'; write: " + reading + " is …");
        }
        if (tokens.took("starts")) {
            tokens.need("", "with");
            return new Check.Starts(tokens.string("a text in double quotes"));
        }
        if (tokens.took("ends")) {
            tokens.need("", "with");
            return new Check.Ends(tokens.string("a text in double quotes"));
        }
        if (tokens.took("contains")) {
            return new Check.Contains(tokens.string("a text in double quotes"));
        }
        if (tokens.took("matches")) {
            Place place = tokens.here().place();
            return matches(place, tokens.string("a pattern in double quotes"));
        }
        if (tokens.took("is")) {
            return is(reading);
        }
        throw tokens.wrong(TESTS);
    }

    private Check is(Reading reading) {
        if (tokens.at("given") && reading.of() == Reading.Of.IT && reading.part() == Reading.Part.WHOLE) {
            tokens.take();
            return new Check.Given();
        }
        if (tokens.took("under")) {
            List<String> folders = new ArrayList<>();
            do {
                Place place = tokens.here().place();
                String folder = tokens.string("a folder in double quotes");
                if (folder.isEmpty() || folder.indexOf('\\') >= 0 || (folder + "/").contains("/../")) {
                    throw new Refusal(place, "a folder is a path such as \"/srv/data\" or \".\", without '..' in it");
                }
                folders.add(folder);
                bounded(place, folders.size());
            } while (tokens.took(","));
            return new Check.Under(folders);
        }
        if (tokens.took("one")) {
            tokens.need("", "of");
            List<Term> values = new ArrayList<>();
            do {
                Place place = tokens.here().place();
                values.add(literal());
                bounded(place, values.size());
            } while (tokens.took(","));
            return new Check.OneOf(values);
        }
        return new Check.OneOf(List.of(literal()));
    }

    private static void bounded(Place place, int size) {
        if (size > MOST_LISTED) {
            throw new Refusal(place, "a list has at most " + MOST_LISTED + " elements");
        }
    }

    private Term literal() {
        if (tokens.at(Token.Kind.STRING)) {
            return new Term.Text(tokens.take().value());
        }
        if (tokens.at(Token.Kind.NUMBER)) {
            return new Term.Quantity(number());
        }
        if (tokens.took("true")) {
            return new Term.Truth(true);
        }
        if (tokens.took("false")) {
            return new Term.Truth(false);
        }
        throw tokens.wrong("a text in double quotes, a number, true or false");
    }

    /** A value in a test, in which lists and null may stand too. */
    Term value() {
        Place place = tokens.here().place();
        if (tokens.took("null")) {
            return Term.NOTHING;
        }
        if (!tokens.took("[")) {
            return literal();
        }
        deeper(place);
        List<Term> values = new ArrayList<>();
        while (!tokens.at("]")) {
            values.add(value());
            bounded(place, values.size());
            if (!tokens.took(",")) {
                break;
            }
        }
        tokens.need(" to close the one at " + place, "]");
        depth--;
        return new Term.Items(values);
    }

    BigDecimal number() {
        Token token = tokens.here();
        if (token.kind() != Token.Kind.NUMBER) {
            throw tokens.wrong("a number");
        }
        if (token.text().length() > 40) {
            throw new Refusal(token.place(), "a number has at most 40 digits");
        }
        tokens.take();
        try {
            return new BigDecimal(token.text());
        } catch (NumberFormatException _) {
            throw new Refusal(token.place(), "'" + token.text() + "' is no number; one looks like 12 or 0.5");
        }
    }

    private static Check matches(Place place, String pattern) {
        if (pattern.length() > LONGEST_PATTERN) {
            throw new Refusal(place, "a pattern has at most " + LONGEST_PATTERN + " characters");
        }
        long repeated = 1;
        java.util.regex.Matcher counts = java.util.regex.Pattern.compile("\\{(\\d{1,9})(?:,(\\d{0,9}))?}")
                .matcher(pattern);
        while (counts.find() && repeated <= MOST_REPEATED) {
            String most = counts.group(2) == null || counts.group(2).isEmpty() ? counts.group(1) : counts.group(2);
            repeated *= Math.max(1, Long.parseLong(most));
        }
        if (repeated > MOST_REPEATED) {
            throw new Refusal(
                    place, "the repetitions of a pattern come to more than " + MOST_REPEATED + "; use * or +");
        }
        try {
            Pattern compiled = Pattern.compile(pattern);
            return new Check.Matches(pattern, text -> compiled.matcher(text).matches());
        } catch (PatternSyntaxException e) {
            throw new Refusal(
                    place,
                    "the pattern cannot be read: " + e.getDescription()
                            + " (there are no look-arounds and no references back, for those can take for ever)");
        }
    }

    /** Who is told; whom arguments name only where a call is at hand. */
    Told told() {
        if (tokens.took("everyone")) {
            return new Told(Readers.EVERYONE, List.of());
        }
        List<String> principals = new ArrayList<>();
        List<String> named = new ArrayList<>();
        do {
            Place place = tokens.here().place();
            if (tokens.at("everyone")) {
                throw new Refusal(place, "'everyone' already is whoever else could be listed; leave the others out");
            }
            if (tokens.took("whom")) {
                String argument = tokens.name("the name of an argument");
                tokens.need(": 'whom " + argument + " names'", "names");
                named.add(argument);
            } else {
                principals.addAll(one());
            }
            bounded(place, principals.size() + named.size());
        } while (tokens.took(","));
        return new Told(Readers.of(principals), named);
    }

    private List<String> one() {
        if (tokens.at(Token.Kind.STRING)) {
            Place place = tokens.here().place();
            String name = tokens.take().value();
            if (name.equals("*")) {
                throw new Refusal(place, "for everyone write: everyone");
            }
            return List.of(name);
        }
        Token token = tokens.here();
        String name = tokens.name("everyone, a principal in double quotes, a group, or 'whom ARGUMENT names'");
        Readers group = groups.get(name);
        if (group == null) {
            throw new Refusal(
                    token.place(),
                    "there is no group '" + name + "' above; write \"" + name + "\" for a principal, or 'whom " + name
                            + " names' for an argument");
        }
        return group.principals();
    }

    /** The readers of a label in a test. */
    Readers readers() {
        if (tokens.took("nobody")) {
            return Readers.NOBODY;
        }
        Token token = tokens.here();
        Told told = told();
        if (!told.namedBy().isEmpty()) {
            throw new Refusal(token.place(), "the readers of a label are everyone, nobody, principals or groups");
        }
        return told.readers();
    }
}
