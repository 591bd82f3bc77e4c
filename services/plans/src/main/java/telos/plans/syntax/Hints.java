package telos.plans.syntax;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What authors write by habit from other languages, or from more of Python than there is here, and what to write instead. */
final class Hints {
    private static final Map<String, String> FOREIGN = Map.ofEntries(
            Map.entry("===", "=="),
            Map.entry("!==", "!="),
            Map.entry("<>", "!="),
            Map.entry("=<", "<="),
            Map.entry("=>", ">=, or 'lambda x: …' for a function"),
            Map.entry("&&", "'and'"),
            Map.entry("||", "'or'"),
            Map.entry("/*", "a comment behind #"),
            Map.entry("...", "pass for an empty body"),
            Map.entry("??", "'a if a is not None else b'"),
            Map.entry("?.", "'x.y if x is not None else None'"),
            Map.entry("?", "'a if condition else b'"),
            Map.entry("!", "'not' before a condition"),
            Map.entry("$", "a name without $"),
            Map.entry("`", "quotes ' or \""),
            Map.entry("“", "a plain quote \""),
            Map.entry("”", "a plain quote \""),
            Map.entry("‘", "a plain quote '"),
            Map.entry("’", "a plain quote '"),
            Map.entry("−", "a plain minus -"),
            Map.entry("–", "a plain minus -"),
            Map.entry("×", "*"),
            Map.entry("÷", "/"),
            Map.entry("≤", "<="),
            Map.entry("≥", ">="),
            Map.entry("≠", "!="),
            Map.entry("\u00A0", "a plain space"),
            Map.entry("\u200B", "nothing there; the character is invisible"),
            Map.entry("\uFEFF", "nothing there; the character is invisible"));

    /** Keywords of Python without a meaning here. */
    static final Map<String, String> UNSUPPORTED = Map.of(
            "yield", "a list that is built up and returned",
            "await", "the call alone; a tool's result is there when the call returns",
            "async", "the same without 'async'; a tool's result is there when the call returns",
            "with", "the statements alone; nothing has to be closed here",
            "global", "a parameter for the value and 'return' for the new one",
            "nonlocal", "a parameter for the value and 'return' for the new one");

    /** Names that stand for a constant elsewhere. */
    static final Map<String, String> CONSTANTS = Map.of("null", "None", "true", "True", "false", "False");

    /** Words with which statements start elsewhere; they are looked at only when the statement makes no sense. */
    static final Map<String, String> STATEMENTS = Map.ofEntries(
            Map.entry("match", "'if', 'elif' and 'else'"),
            Map.entry("switch", "'if', 'elif' and 'else'"),
            Map.entry("case", "'elif' with a comparison"),
            Map.entry("elseif", "elif"),
            Map.entry("elsif", "elif"),
            Map.entry("unless", "if not"),
            Map.entry("foreach", "'for x in xs:'"),
            Map.entry("do", "'while condition:'"),
            Map.entry("let", "the name alone: x = 1"),
            Map.entry("var", "the name alone: x = 1"),
            Map.entry("const", "the name alone: x = 1"),
            Map.entry("type", "nothing; a type needs no name of its own here"),
            Map.entry("function", "def"),
            Map.entry("func", "def"),
            Map.entry("fn", "def"),
            Map.entry("new", "the class as a function: Name(…)"),
            Map.entry("throw", "raise"),
            Map.entry("catch", "except"),
            Map.entry("print", "parentheses: print(…)"));

    private static final int LONGEST_FOREIGN = 3;
    private static final Set<Integer> FOREIGN_STARTS =
            FOREIGN.keySet().stream().map(each -> each.codePointAt(0)).collect(Collectors.toSet());

    private Hints() {}

    /** Characters that start no token, and what to write instead. */
    record Foreign(String written, String instead) {}

    /** The longest that stands at an offset; null for none. */
    static @Nullable Foreign foreign(String text, int at) {
        if (FOREIGN_STARTS.contains((int) text.charAt(at))) {
            for (int length = Math.min(LONGEST_FOREIGN, text.length() - at); length > 0; length--) {
                String found = text.substring(at, at + length);
                String instead = FOREIGN.get(found);
                if (instead != null && !(found.equals("!") && text.startsWith("!=", at))) {
                    return new Foreign(found, instead);
                }
            }
        }
        return null;
    }
}
