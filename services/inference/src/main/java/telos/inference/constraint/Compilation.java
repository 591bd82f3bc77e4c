package telos.inference.constraint;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import telos.inference.sampling.TokenMask;

/** What became of a schema: a form that texts can be held to, or the reason why not. */
public sealed interface Compilation {
    /** A form, compiled for one vocabulary. It is kept and used for any number of texts, in any thread. */
    final class Compiled implements Compilation {
        private static final int RULE_BYTES = 100;

        private final RuleAutomaton rules;
        private final TokenAutomaton tokens;
        private final TokenMask none;
        private final int shortest;
        private final long bytes;

        private Compiled(Rule rule, int calls, TokenTrie trie) {
            rules = new RuleAutomaton(rule, calls, Long.MAX_VALUE);
            tokens = new TokenAutomaton(trie, rules);
            none = TokenMask.of(trie.size());
            bytes = bytes(rule);
            shortest = tokens.locked(() -> tokens.cost(rules.start()));
        }

        TokenAutomaton tokens() {
            return tokens;
        }

        /** How many tokens suffice for some text, an end token not counted. */
        public int shortest() {
            return shortest;
        }

        /** About how much memory it takes beside what is worked out while it is used. */
        public long bytes() {
            return bytes;
        }

        private static long bytes(Rule root) {
            Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
            Deque<Rule> open = new ArrayDeque<>(List.of(root));
            long bytes = 0;
            while (!open.isEmpty()) {
                Rule rule = open.removeLast();
                if (!seen.add(rule)) {
                    continue;
                }
                bytes += RULE_BYTES;
                if (rule instanceof Text text && seen.add(text.form())) {
                    TextDfa dfa = text.form().dfa;
                    bytes += Integer.BYTES * (text.form().cells() + (seen.add(dfa) ? dfa.cells() : 0));
                }
                open.addAll(rule.parts());
            }
            return bytes;
        }

        /** The constraint of one new text. */
        public Constraint start() {
            return new AutomatonConstraint(tokens, tokens.locked(rules::start), none);
        }

        /** Lets go what was worked out: nobody is going to ask soon. It may be used again, and works that out anew. */
        public void forget() {
            tokens.locked(() -> {
                tokens.forgetStates();
                return tokens;
            });
        }
    }

    /**
     * A schema asks for what cannot be promised.
     *
     * @param keyword the keyword at fault
     * @param where a JSON pointer to the schema that holds it; {@code #} is the whole schema
     * @param why what is wrong and how to mend it
     */
    record Unsupported(String keyword, String where, String why) implements Compilation {
        /** One sentence for the person who wrote the schema. */
        public String message() {
            return "\"" + keyword + "\" at " + where + ": " + why;
        }
    }

    /**
     * The form of a rule.
     *
     * @param calls how many calls may lie one within another
     */
    static Compilation of(Rule rule, int calls, TokenTrie trie) {
        Recursion.solve(rule, calls);
        if (!trie.spellsEverything()) {
            return new Unsupported("vocabulary", "#", "it lacks tokens of one byte, so not every text can be spelled");
        }
        if (rule.missing(calls) >= Rule.FAR) {
            return new Unsupported("schema", "#", "no value meets it within the nesting limit");
        }
        if (rule.missing(calls) > SchemaOptions.LONGEST_MINIMUM) {
            return new Unsupported(
                    "schema",
                    "#",
                    "its shortest value has more than " + SchemaOptions.LONGEST_MINIMUM + " bytes: ask for less");
        }
        return new Compiled(rule, calls, trie);
    }
}
