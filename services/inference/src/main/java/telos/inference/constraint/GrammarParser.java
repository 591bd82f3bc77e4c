package telos.inference.constraint;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a grammar as llama.cpp's GBNF writes them, a form of BNF: rules {@code name ::= …}, alternatives by {@code |},
 * texts in quotes, sets of characters in brackets, groups, {@code * + ?} and {@code {n,m}}, and comments after {@code #}.
 * The rule {@code root} is the whole text. A rule goes on to the next line within a group or after {@code |}.
 *
 * <p>The file is long because a recursive descent is read best in one piece.
 */
final class GrammarParser {
    static final int LONGEST = 1 << 16;

    private static final int DEEPEST = 60;
    private static final int MOST_REPEATS = 4096;
    private static final int MOST_PARTS = 50_000;

    /** The tree of a rule. */
    private sealed interface Node {
        record Text(Rule rule) implements Node {}

        record Name(String name, int at) implements Node {}

        record Join(List<Node> parts) implements Node {}

        record Either(List<Node> options) implements Node {}

        record Repeat(Node item, int least, int most) implements Node {}
    }

    private final String text;
    private final CodePoints unspelled;
    private final Map<String, Node> rules = new LinkedHashMap<>();
    private int at;
    private int parts;

    private GrammarParser(String text, CodePoints unspelled) {
        this.text = text;
        this.unspelled = unspelled;
    }

    /** The rule of a grammar. Characters out of {@code unspelled} are in no text. */
    static Rule parse(String text, CodePoints unspelled) throws Refusal {
        if (text.length() > LONGEST) {
            throw new Refusal(
                    "grammar", "#", "it has " + text.length() + " characters, at most " + LONGEST + " are read");
        }
        GrammarParser parser = new GrammarParser(text, unspelled);
        parser.rules();
        return parser.root();
    }

    private void rules() throws Refusal {
        space(true);
        while (at < text.length()) {
            int start = at;
            String name = name();
            space(false);
            if (name.isEmpty() || !take("::=")) {
                throw fault("a rule starts as name ::= …");
            }
            space(true);
            if (rules.containsKey(name)) {
                at = start;
                throw fault("the rule \"" + name + "\" is there twice");
            }
            rules.put(name, either(0));
            space(true);
        }
    }

    private Node either(int depth) throws Refusal {
        if (depth > DEEPEST) {
            throw fault("the groups are nested deeper than " + DEEPEST);
        }
        List<Node> options = new ArrayList<>();
        do {
            space(true);
            options.add(join(depth));
        } while (take("|"));
        return options.size() == 1 ? options.getFirst() : new Node.Either(options);
    }

    private Node join(int depth) throws Refusal {
        List<Node> all = new ArrayList<>();
        while (at < text.length() && "|)\n".indexOf(text.charAt(at)) < 0) {
            all.add(repeated(item(depth)));
            if (++parts > MOST_PARTS) {
                throw fault("it has too many parts");
            }
            space(depth > 0);
        }
        return new Node.Join(all);
    }

    private Node repeated(Node item) throws Refusal {
        if (take("*")) {
            return new Node.Repeat(item, 0, Rule.UNBOUNDED);
        }
        if (take("+")) {
            return new Node.Repeat(item, 1, Rule.UNBOUNDED);
        }
        if (take("?")) {
            return new Node.Repeat(item, 0, 1);
        }
        if (!take("{")) {
            return item;
        }
        int least = number();
        int most = least;
        if (take(",")) {
            most = at < text.length() && text.charAt(at) == '}' ? Rule.UNBOUNDED : number();
        }
        if (!take("}") || (most != Rule.UNBOUNDED && most < least)) {
            throw fault("a repetition is {n}, {n,} or {n,m}");
        }
        return new Node.Repeat(item, least, most);
    }

    private int number() throws Refusal {
        int value = 0;
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9' && value <= MOST_REPEATS) {
            value = value * 10 + text.charAt(at++) - '0';
        }
        if (at == start || value > MOST_REPEATS) {
            throw fault("a number of at most " + MOST_REPEATS + " is missing");
        }
        return value;
    }

    private Node item(int depth) throws Refusal {
        if (take("(")) {
            Node inner = either(depth + 1);
            if (!take(")")) {
                throw fault("a group is not closed");
            }
            return inner;
        }
        if (take("\"")) {
            List<Rule> characters = new ArrayList<>();
            while (!take("\"")) {
                characters.add(Characters.rule(CodePoints.one(character('"')).minus(unspelled)));
            }
            return new Node.Text(Rule.sequence(characters.toArray(new Rule[0])));
        }
        if (take("[")) {
            return new Node.Text(Characters.rule(brackets().minus(unspelled)));
        }
        if (take(".")) {
            return new Node.Text(
                    Characters.rule(CodePoints.ALL.minus(CodePoints.one('\n')).minus(unspelled)));
        }
        int start = at;
        String name = name();
        if (name.isEmpty()) {
            throw fault("a text in quotes, a set in brackets, a group or the name of a rule is missing");
        }
        return new Node.Name(name, start);
    }

    private CodePoints brackets() throws Refusal {
        boolean negative = take("^");
        List<CodePoints> sets = new ArrayList<>();
        while (!take("]")) {
            int first = character('[');
            int last = first;
            if (at + 1 < text.length() && text.charAt(at) == '-' && text.charAt(at + 1) != ']') {
                at++;
                last = character('[');
            }
            if (last < first) {
                throw fault("a range of characters is in the wrong order");
            }
            sets.add(CodePoints.range(first, last));
        }
        CodePoints set = CodePoints.union(sets);
        return negative ? set.not() : set;
    }

    private int character(char opened) throws Refusal {
        if (at >= text.length() || text.charAt(at) == '\n') {
            throw fault("a " + opened + " is not closed");
        }
        int character = text.codePointAt(at);
        at += Character.charCount(character);
        if (character != '\\') {
            return whole(character);
        }
        char escape = at < text.length() ? text.charAt(at++) : ' ';
        return switch (escape) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'x' -> hex(2);
            case 'u' -> hex(4);
            case 'U' -> hex(8);
            case '"', '\\', '[', ']', '^', '-', '/' -> escape;
            default -> throw fault("the escape \\" + escape + " is not known");
        };
    }

    private int hex(int digits) throws Refusal {
        long value = 0;
        for (int i = 0; i < digits; i++) {
            int digit = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
            if (digit < 0) {
                throw fault("hexadecimal digits are missing");
            }
            value = value * 16 + digit;
            at++;
        }
        if (value > CodePoints.LAST) {
            throw fault("no such character");
        }
        return whole((int) value);
    }

    private int whole(int character) throws Refusal {
        if (character >= 0xD800 && character <= 0xDFFF) {
            throw fault("half of a surrogate pair stands alone");
        }
        return character;
    }

    private String name() {
        int start = at;
        while (at < text.length()
                && (text.charAt(at) == '-' || text.charAt(at) == '_' || Character.isLetterOrDigit(text.charAt(at)))) {
            at++;
        }
        return text.substring(start, at);
    }

    /** Passes white space and comments; ends of lines only where a rule may go on after them. */
    private void space(boolean lines) {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '#') {
                int end = text.indexOf('\n', at);
                at = end < 0 ? text.length() : end;
            } else if (c == ' ' || c == '\t' || c == '\r' || (lines && c == '\n')) {
                at++;
            } else {
                return;
            }
        }
    }

    private boolean take(String token) {
        if (!text.startsWith(token, at)) {
            return false;
        }
        at += token.length();
        return true;
    }

    private Refusal fault(String why) {
        int line = 1
                + (int) text.substring(0, Math.min(at, text.length()))
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
        return new Refusal("grammar", "line " + line, why);
    }

    // From trees to rules.

    private Rule root() throws Refusal {
        Set<String> empty = emptyRules();
        if (!rules.containsKey("root")) {
            throw new Refusal("grammar", "#", "there is no rule named root");
        }
        Map<String, Rule.Call> calls = new LinkedHashMap<>();
        rules.keySet().forEach(name -> calls.put(name, new Rule.Call()));
        for (Map.Entry<String, Node> each : rules.entrySet()) {
            refuseEmptyRepeats(each.getKey(), each.getValue(), empty);
            Rule body = rule(each.getValue(), calls);
            Rule.Call call = calls.get(each.getKey());
            if (call != null) {
                call.define(body);
            }
        }
        refuseLeftRecursion(empty);
        return calls.getOrDefault("root", new Rule.Call());
    }

    private Rule rule(Node node, Map<String, Rule.Call> calls) throws Refusal {
        return switch (node) {
            case Node.Text leaf -> leaf.rule();
            case Node.Name name -> {
                Rule.Call call = calls.get(name.name());
                if (call == null) {
                    at = name.at();
                    throw fault("there is no rule named \"" + name.name() + "\"");
                }
                yield call;
            }
            case Node.Join join -> Rule.sequence(rules(join.parts(), calls));
            case Node.Either either -> Rule.choice(rules(either.options(), calls));
            case Node.Repeat repeat -> Rule.repeat(rule(repeat.item(), calls), repeat.least(), repeat.most());
        };
    }

    private Rule[] rules(List<Node> nodes, Map<String, Rule.Call> calls) throws Refusal {
        Rule[] all = new Rule[nodes.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = rule(nodes.get(i), calls);
        }
        return all;
    }

    /** The rules that have the empty text. */
    private Set<String> emptyRules() {
        Set<String> empty = new LinkedHashSet<>();
        boolean grown = true;
        while (grown) {
            grown = false;
            for (Map.Entry<String, Node> each : rules.entrySet()) {
                grown |= nullable(each.getValue(), empty) && empty.add(each.getKey());
            }
        }
        return empty;
    }

    /** What may be empty a counted number of times can be read in too many ways. */
    private static void refuseEmptyRepeats(String name, Node node, Set<String> empty) throws Refusal {
        switch (node) {
            case Node.Text _, Node.Name _ -> {}
            case Node.Join join -> {
                for (Node part : join.parts()) {
                    refuseEmptyRepeats(name, part, empty);
                }
            }
            case Node.Either either -> {
                for (Node option : either.options()) {
                    refuseEmptyRepeats(name, option, empty);
                }
            }
            case Node.Repeat repeat -> {
                boolean counted = repeat.least() > 1 || repeat.most() > 1;
                if (counted && nullable(repeat.item(), empty)) {
                    throw new Refusal("grammar", "rule " + name, "what is repeated by count may be empty: make it not");
                }
                refuseEmptyRepeats(name, repeat.item(), empty);
            }
        }
    }

    /** A rule that may start with itself could be entered for ever without a character. */
    private void refuseLeftRecursion(Set<String> empty) throws Refusal {
        Map<String, Set<String>> first = new LinkedHashMap<>();
        for (Map.Entry<String, Node> each : rules.entrySet()) {
            Set<String> names = new LinkedHashSet<>();
            starts(each.getValue(), empty, names);
            first.put(each.getKey(), names);
        }
        for (String name : rules.keySet()) {
            Set<String> reached = new LinkedHashSet<>();
            List<String> open = new ArrayList<>(first.getOrDefault(name, Set.of()));
            while (!open.isEmpty()) {
                String next = open.removeLast();
                if (next.equals(name)) {
                    throw new Refusal(
                            "grammar", "rule " + name, "it may start with itself: write a repetition instead");
                }
                if (reached.add(next)) {
                    open.addAll(first.getOrDefault(next, Set.of()));
                }
            }
        }
    }

    private static boolean nullable(@Nullable Node node, Set<String> empty) {
        return switch (node) {
            case null -> false;
            case Node.Text leaf -> leaf.rule().equals(Rule.EMPTY);
            case Node.Name name -> empty.contains(name.name());
            case Node.Join join -> join.parts().stream().allMatch(part -> nullable(part, empty));
            case Node.Either either -> either.options().stream().anyMatch(option -> nullable(option, empty));
            case Node.Repeat repeat -> repeat.least() == 0 || nullable(repeat.item(), empty);
        };
    }

    private static void starts(Node node, Set<String> empty, Set<String> names) {
        switch (node) {
            case Node.Text _ -> {}
            case Node.Name name -> names.add(name.name());
            case Node.Join join -> {
                for (Node part : join.parts()) {
                    starts(part, empty, names);
                    if (!nullable(part, empty)) {
                        return;
                    }
                }
            }
            case Node.Either either -> either.options().forEach(option -> starts(option, empty, names));
            case Node.Repeat repeat -> starts(repeat.item(), empty, names);
        }
    }
}
