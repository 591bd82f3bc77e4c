package telos.inference.constraint;

import java.util.List;

/** Holds a text to match a regular expression from its first character to its last. */
public final class PatternConstraint {
    private PatternConstraint() {}

    /**
     * Compiles a regular expression as ECMA-262 writes them; the whole text must match, as if it stood between
     * {@code ^} and {@code $}. Not known are back references, looking behind, and looking ahead other than at the start.
     */
    public static Compilation compile(String regex, TokenTrie trie) {
        try {
            RegexParser.Parsed parsed = RegexParser.parse(regex);
            List<Regex> whole = List.of(new Regex.Start(), parsed.regex(), new Regex.End());
            if (parsed.regex() instanceof Regex.Join join) {
                whole = new java.util.ArrayList<>(join.parts());
                if (whole.isEmpty() || !(whole.getFirst() instanceof Regex.Start)) {
                    whole.addFirst(new Regex.Start());
                }
                whole.add(new Regex.End());
            }
            TextDfa dfa = TextDfa.of(List.of(new Regex.Signed(new Regex.Join(whole), false)), false, unspelled(trie));
            TextForm form = TextForm.of(dfa, 0, Rule.UNBOUNDED, TextForm.Spelling.BARE);
            if (form == null) {
                return new Compilation.Unsupported("pattern", "#", "no text matches it");
            }
            return Compilation.of(form.start(), 0, trie);
        } catch (RegexParser.Unreadable e) {
            return new Compilation.Unsupported("pattern", "#", e.why());
        }
    }

    /** The control characters that no token spells. */
    static CodePoints unspelled(TokenTrie trie) {
        CodePoints none = CodePoints.NONE;
        for (int control = 0; control < ' '; control++) {
            none = trie.spells(control) ? none : none.or(CodePoints.one(control));
        }
        return none;
    }
}
