package telos.training.curriculum;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The patterns of one resource file. Its lines:
 *
 * <pre>
 * # a comment
 * rule: phrase            a named phrase
 * =&gt; tool argument=slot other="text" *3 ; style
 *                         begins a group: what its patterns mean; an argument is given only where its slot occurs,
 *                         a literal always; *3 weighs the group; the style chooses among the tool's answers
 * =&gt; say answer           begins a group that is answered without a call
 * ! phrase                an order: "show the load"
 * ? phrase                a question: "how high is the load"
 * - phrase                a thing: "the load"
 * ~ phrase                an indirect question: "how high the load is"
 * . phrase                as it stands
 * </pre>
 */
record Grammar(Map<String, Phrase> rules, List<Group> groups) {

    /** How a pattern can be framed. */
    enum Mood {
        ORDER('!'),
        QUESTION('?'),
        THING('-'),
        INDIRECT('~'),
        VERBATIM('.');

        private final char mark;

        Mood(char mark) {
            this.mark = mark;
        }

        static Mood of(String line) {
            for (Mood mood : values()) {
                if (mood.mark == line.charAt(0)) {
                    return mood;
                }
            }
            throw new GrammarException("a line must begin with =>, !, ?, -, ~, '.', # or a rule's name: " + line);
        }
    }

    record Pattern(Mood mood, Phrase phrase, String text) {
        /** One pattern in twenty is kept out of the lessons, to be asked in the generated examination. */
        boolean heldOut() {
            return Math.floorMod((text.hashCode() * 0x9E3779B1) >>> 8, 20) == 13;
        }
    }

    /**
     * Patterns with one meaning.
     *
     * @param tool the tool to call, or {@code say}
     * @param arguments a slot's name ({@link String}) or a {@link Literal}, by argument
     * @param style which of the tool's answers fits
     */
    record Group(String tool, Map<String, Object> arguments, String style, int weight, List<Pattern> patterns) {}

    /** An argument that the words of a pattern imply. */
    record Literal(Object value) {}

    static Grammar parse(String name, List<String> lines) {
        Map<String, Phrase> rules = new LinkedHashMap<>();
        List<Group> groups = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            try {
                if (line.isEmpty() || line.startsWith("#")) {
                    continue;
                }
                if (line.startsWith("=>")) {
                    groups.add(header(line.substring(2).strip()));
                } else if (line.matches("[a-z_]+: .*")) {
                    int colon = line.indexOf(':');
                    rules.put(
                            line.substring(0, colon),
                            PhraseParser.parse(line.substring(colon + 1).strip()));
                } else {
                    Mood mood = Mood.of(line);
                    if (groups.isEmpty()) {
                        throw new GrammarException("a pattern stands before the first =>");
                    }
                    String text = line.substring(1).strip();
                    groups.getLast().patterns().add(new Pattern(mood, PhraseParser.parse(text), text));
                }
            } catch (GrammarException e) {
                throw new GrammarException(name + ", line " + (i + 1) + ": " + e.getMessage());
            }
        }
        return new Grammar(rules, groups);
    }

    private static Group header(String text) {
        int semicolon = text.indexOf(';');
        String style = semicolon < 0 ? "" : text.substring(semicolon + 1).strip();
        String[] words =
                (semicolon < 0 ? text : text.substring(0, semicolon)).strip().split("\\s+", -1);
        Map<String, Object> arguments = new LinkedHashMap<>();
        int weight = 1;
        for (int i = 1; i < words.length; i++) {
            String word = words[i];
            int equals = word.indexOf('=');
            if (word.startsWith("*")) {
                weight = Integer.parseInt(word.substring(1));
            } else if (words[0].equals("say")) {
                style = word;
            } else if (equals < 0) {
                throw new GrammarException("'" + word + "' is not of the form argument=slot");
            } else {
                arguments.put(word.substring(0, equals), argument(word.substring(equals + 1)));
            }
        }
        return new Group(words[0], arguments, style, weight, new ArrayList<>());
    }

    private static Object argument(String text) {
        if (text.startsWith("\"")) {
            return new Literal(text.substring(1, text.length() - 1));
        }
        return text.matches("\\d+") ? new Literal(Integer.parseInt(text)) : text;
    }
}
