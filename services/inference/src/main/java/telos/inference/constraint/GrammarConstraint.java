package telos.inference.constraint;

/** Holds a text to a grammar, from its first character to its last. */
public final class GrammarConstraint {
    /** How deep rules may lie within rules. */
    static final int DEPTH = 100;

    private GrammarConstraint() {}

    /**
     * Compiles a grammar: rules {@code name ::= …}, of which {@code root} is the whole text. Rules may contain
     * themselves, but not start with themselves; they may lie {@value #DEPTH} deep within each other.
     */
    public static Compilation compile(String text, TokenTrie trie) {
        try {
            return Compilation.of(GrammarParser.parse(text, PatternConstraint.unspelled(trie)), DEPTH, trie);
        } catch (Refusal refusal) {
            return refusal.value();
        }
    }
}
