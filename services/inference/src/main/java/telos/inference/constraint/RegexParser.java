package telos.inference.constraint;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a regular expression as ECMA-262 writes them (section 22.2.1, with the freedoms of its annex B). What no finite
 * automaton can follow, or what reads differently elsewhere, is refused: back references, looking behind, flags.
 *
 * <p>The file is long because a recursive descent is read best in one piece.
 */
final class RegexParser {
    static final int LONGEST = 8192;
    static final int MOST_REPEATS = 100_000;

    private static final int DEEPEST = 100;
    private static final CodePoints DIGIT = CodePoints.range('0', '9');
    static final CodePoints WORD = CodePoints.union(
            List.of(DIGIT, CodePoints.range('a', 'z'), CodePoints.range('A', 'Z'), CodePoints.one('_')));
    private static final CodePoints LINE_ENDS = CodePoints.of("\n\r\u2028\u2029");
    private static final CodePoints ASCII_SPACE = CodePoints.range('\t', '\r').or(CodePoints.one(' '));
    private static final CodePoints WIDE_SPACE =
            CodePoints.of("\u00A0\u1680\u2028\u2029\u202F\u205F\u3000\uFEFF").or(CodePoints.range(0x2000, 0x200A));

    private final String text;
    private int at;
    private CodePoints disputed = CodePoints.NONE;

    private RegexParser(String text) {
        this.text = text;
    }

    /**
     * An expression.
     *
     * @param disputed the characters about which expression languages differ in the classes used
     */
    record Parsed(Regex regex, CodePoints disputed) {}

    /** What is wrong with an expression, and where. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;

        Unreadable(String why) {
            super(why, null, false, false);
        }

        String why() {
            return String.valueOf(getMessage());
        }
    }

    static Parsed parse(String text) throws Unreadable {
        if (text.length() > LONGEST) {
            throw new Unreadable(
                    "the expression has " + text.length() + " characters, at most " + LONGEST + " are read");
        }
        RegexParser parser = new RegexParser(text);
        Regex regex = parser.either(0);
        if (parser.at < text.length()) {
            throw parser.fault("a ')' closes nothing");
        }
        return new Parsed(regex, parser.disputed);
    }

    private Regex either(int depth) throws Unreadable {
        if (depth > DEEPEST) {
            throw fault("the groups are nested deeper than " + DEEPEST);
        }
        List<Regex> options = new ArrayList<>();
        do {
            options.add(join(depth));
        } while (take("|"));
        return options.size() == 1 ? options.getFirst() : new Regex.Either(options);
    }

    private Regex join(int depth) throws Unreadable {
        List<Regex> parts = new ArrayList<>();
        while (at < text.length() && !looking('|') && !looking(')')) {
            parts.add(repeated(depth));
        }
        return parts.size() == 1 ? parts.getFirst() : new Regex.Join(List.copyOf(parts));
    }

    private Regex repeated(int depth) throws Unreadable {
        Regex item = item(depth);
        int least;
        int most;
        if (take("*")) {
            least = 0;
            most = Rule.UNBOUNDED;
        } else if (take("+")) {
            least = 1;
            most = Rule.UNBOUNDED;
        } else if (take("?")) {
            least = 0;
            most = 1;
        } else {
            int[] bounds = bounds();
            if (bounds == null) {
                return item;
            }
            least = bounds[0];
            most = bounds[1];
        }
        if (item instanceof Regex.Start || item instanceof Regex.End || item instanceof Regex.Boundary) {
            throw fault("nothing can be repeated here");
        }
        take("?");
        if (looking('*') || looking('+') || looking('?')) {
            throw fault("nothing can be repeated here");
        }
        return new Regex.Repeat(item, least, most);
    }

    /** Reads {@code {n}}, {@code {n,}} or {@code {n,m}}; null where none stands. */
    private int @Nullable [] bounds() throws Unreadable {
        int start = at;
        if (!take("{")) {
            return null;
        }
        int least = number();
        int most = least;
        if (least >= 0 && take(",")) {
            most = looking('}') ? Rule.UNBOUNDED : number();
            if (most == -1 && !looking('}')) {
                least = -1;
            }
        }
        if (least < 0 || !take("}")) {
            at = start;
            return null;
        }
        if (most != Rule.UNBOUNDED && most < least) {
            throw fault("the bounds of a repetition are in the wrong order");
        }
        if (Math.max(least, most) > MOST_REPEATS) {
            throw fault("a repetition of more than " + MOST_REPEATS + " times is too large");
        }
        return new int[] {least, most};
    }

    private int number() {
        int start = at;
        long value = 0;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            value = Math.min(value * 10 + text.charAt(at++) - '0', Integer.MAX_VALUE);
        }
        return at == start ? -1 : (int) value;
    }

    private Regex item(int depth) throws Unreadable {
        if (take("(?:")) {
            return group(depth);
        }
        if (take("(?=")) {
            return new Regex.Ahead(group(depth), false);
        }
        if (take("(?!")) {
            return new Regex.Ahead(group(depth), true);
        }
        if (text.startsWith("(?<=", at) || text.startsWith("(?<!", at)) {
            throw fault("looking behind is not known: write it as a pattern of the whole text");
        }
        if (take("(?<")) {
            int end = text.indexOf('>', at);
            if (end < 0) {
                throw fault("the name of a group does not end");
            }
            at = end + 1;
            return group(depth);
        }
        if (text.startsWith("(?", at)) {
            throw fault("this kind of group is not known: use (?:…)");
        }
        if (take("(")) {
            return group(depth);
        }
        if (take("[")) {
            return new Regex.Characters(brackets());
        }
        if (take("^")) {
            return new Regex.Start();
        }
        if (take("$")) {
            return new Regex.End();
        }
        if (take(".")) {
            disputed = disputed.or(CodePoints.one(0x85));
            return new Regex.Characters(LINE_ENDS.not());
        }
        if (take("\\b")) {
            return new Regex.Boundary(false);
        }
        if (take("\\B")) {
            return new Regex.Boundary(true);
        }
        if (take("\\")) {
            return new Regex.Characters(escape());
        }
        int character = text.codePointAt(at);
        if (character == '*' || character == '+' || character == '?') {
            throw fault("nothing can be repeated here");
        }
        at += Character.charCount(character);
        return new Regex.Characters(single(character));
    }

    private Regex group(int depth) throws Unreadable {
        Regex inner = either(depth + 1);
        if (!take(")")) {
            throw fault("a group is not closed");
        }
        boolean assertion =
                inner instanceof Regex.Start || inner instanceof Regex.End || inner instanceof Regex.Boundary;
        return assertion ? new Regex.Join(List.of(inner)) : inner;
    }

    private CodePoints brackets() throws Unreadable {
        boolean negative = take("^");
        List<CodePoints> sets = new ArrayList<>();
        while (!take("]")) {
            CodePoints first = bracketItem();
            if (looking('-') && at + 1 < text.length() && text.charAt(at + 1) != ']') {
                at++;
                CodePoints last = bracketItem();
                if (isOne(first) && isOne(last)) {
                    int from = first.ranges()[0];
                    int to = last.ranges()[0];
                    if (from > to) {
                        throw fault("a range of characters is in the wrong order");
                    }
                    sets.add(CodePoints.range(from, to));
                    continue;
                }
                sets.add(CodePoints.one('-'));
                sets.add(last);
            }
            sets.add(first);
        }
        CodePoints set = CodePoints.union(sets);
        return negative ? set.not() : set;
    }

    private static boolean isOne(CodePoints set) {
        return set.ranges().length == 2 && set.ranges()[0] == set.ranges()[1];
    }

    private CodePoints bracketItem() throws Unreadable {
        if (at >= text.length()) {
            throw fault("a '[' is not closed");
        }
        if (text.startsWith("[:", at) || text.startsWith("&&", at)) {
            throw fault("this reads differently in other expression languages: put a backslash before it");
        }
        if (take("\\b")) {
            return CodePoints.one('\b');
        }
        if (take("\\")) {
            return escape();
        }
        if (looking('[')) {
            throw fault("a '[' within brackets reads differently elsewhere: write \\[");
        }
        int character = text.codePointAt(at);
        at += Character.charCount(character);
        return single(character);
    }

    private CodePoints single(int character) throws Unreadable {
        if (character >= 0xD800 && character <= 0xDFFF) {
            throw fault("half of a surrogate pair stands alone");
        }
        return CodePoints.one(character);
    }

    private CodePoints escape() throws Unreadable {
        if (at >= text.length()) {
            throw fault("it ends with a backslash");
        }
        int character = text.codePointAt(at);
        at += Character.charCount(character);
        return switch (character) {
            case 'd' -> DIGIT;
            case 'D' -> DIGIT.not();
            case 'w' -> WORD;
            case 'W' -> WORD.not();
            case 's' -> space();
            case 'S' -> space().not();
            case 't' -> CodePoints.one('\t');
            case 'n' -> CodePoints.one('\n');
            case 'v' -> CodePoints.one(0x0B);
            case 'f' -> CodePoints.one('\f');
            case 'r' -> CodePoints.one('\r');
            case 'c' -> control();
            case 'x' -> CodePoints.one(hex(2));
            case 'u' -> CodePoints.one(unicode());
            case 'p' -> property();
            case 'P' -> property().not();
            case '0' -> {
                if (number() >= 0) {
                    throw fault("an octal escape is not known: use \\x");
                }
                yield CodePoints.one(0);
            }
            default -> {
                if ((character >= '1' && character <= '9') || character == 'k') {
                    throw fault("a back reference cannot be followed by an automaton");
                }
                if (Character.isLetter(character)) {
                    throw fault("the escape \\" + Character.toString(character) + " is not known");
                }
                yield single(character);
            }
        };
    }

    private CodePoints space() {
        disputed = disputed.or(WIDE_SPACE).or(CodePoints.of("\u0085\u180E"));
        return ASCII_SPACE.or(WIDE_SPACE);
    }

    private CodePoints control() throws Unreadable {
        if (at >= text.length() || !Character.isLetter(text.charAt(at)) || text.charAt(at) > 'z') {
            throw fault("\\c needs a letter");
        }
        return CodePoints.one(text.charAt(at++) & 0x1F);
    }

    private int unicode() throws Unreadable {
        if (take("{")) {
            int end = text.indexOf('}', at);
            if (end < 0 || end - at > 6) {
                throw fault("\\u{ needs at most six hexadecimal digits and a }");
            }
            int value = hex(end - at);
            at++;
            if (value > CodePoints.LAST || (value >= 0xD800 && value <= 0xDFFF)) {
                throw fault("no such character");
            }
            return value;
        }
        int unit = hex(4);
        if (Character.isHighSurrogate((char) unit) && take("\\u")) {
            int low = hex(4);
            if (Character.isLowSurrogate((char) low)) {
                return Character.toCodePoint((char) unit, (char) low);
            }
            unit = 0xD800;
        }
        if (Character.isSurrogate((char) unit)) {
            throw fault("half of a surrogate pair stands alone");
        }
        return unit;
    }

    private int hex(int digits) throws Unreadable {
        int value = 0;
        for (int i = 0; i < digits; i++) {
            int digit = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
            if (digit < 0 || text.charAt(at) > 'f') {
                throw fault("hexadecimal digits are missing");
            }
            value = value * 16 + digit;
            at++;
        }
        if (digits == 0) {
            throw fault("hexadecimal digits are missing");
        }
        return value;
    }

    private CodePoints property() throws Unreadable {
        int end = text.indexOf('}', at);
        if (!take("{") || end < 0) {
            throw fault("\\p needs a property in braces");
        }
        String name = text.substring(at, end);
        at = end + 1;
        CodePoints set = UnicodeProperties.find(name);
        if (set == null) {
            throw fault("the property '" + name + "' is not known: use a general category such as L, Lu or Nd");
        }
        return set;
    }

    private boolean looking(char character) {
        return at < text.length() && text.charAt(at) == character;
    }

    private boolean take(String token) {
        if (!text.startsWith(token, at)) {
            return false;
        }
        at += token.length();
        return true;
    }

    private Unreadable fault(String why) {
        return new Unreadable("at character " + Math.min(at, text.length()) + " of the expression: " + why);
    }
}
