package telos.training.curriculum;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads the notation of a pattern: {@code (a|b)} one of, {@code [a|b]} one of or nothing, {@code <rule>} a named phrase,
 * {@code {slot}} a value; a backslash takes the next character as it is.
 */
final class PhraseParser {
    private final String text;
    private int at;

    private PhraseParser(String text) {
        this.text = text;
    }

    static Phrase parse(String text) {
        PhraseParser parser = new PhraseParser(text);
        Phrase phrase = parser.branches();
        if (parser.at < text.length()) {
            throw new GrammarException("'" + text.charAt(parser.at) + "' closes nothing in: " + text);
        }
        return phrase;
    }

    private Phrase branches() {
        List<Phrase> branches = new ArrayList<>();
        branches.add(sequence());
        while (at < text.length() && text.charAt(at) == '|') {
            at++;
            branches.add(sequence());
        }
        return branches.size() == 1 ? branches.getFirst() : new Phrase.Choice(branches);
    }

    private Phrase sequence() {
        List<Phrase> parts = new ArrayList<>();
        StringBuilder words = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '|' || c == ')' || c == ']') {
                break;
            }
            at++;
            switch (c) {
                case '(' -> {
                    flush(words, parts);
                    parts.add(branches());
                    close(')');
                }
                case '[' -> {
                    flush(words, parts);
                    Phrase inner = branches();
                    close(']');
                    parts.add(new Phrase.Choice(List.of(inner, new Phrase.Words(""))));
                }
                case '<' -> {
                    flush(words, parts);
                    parts.add(new Phrase.Rule(name('>')));
                }
                case '{' -> {
                    flush(words, parts);
                    parts.add(new Phrase.Slot(name('}')));
                }
                case '\\' -> {
                    if (at == text.length()) {
                        throw new GrammarException("a backslash at the end of: " + text);
                    }
                    words.append(text.charAt(at++));
                }
                default -> words.append(c);
            }
        }
        flush(words, parts);
        return parts.size() == 1 ? parts.getFirst() : new Phrase.Sequence(parts);
    }

    private String name(char end) {
        int close = text.indexOf(end, at);
        if (close < 0) {
            throw new GrammarException("'" + end + "' is missing in: " + text);
        }
        String name = text.substring(at, close);
        at = close + 1;
        return name;
    }

    private void close(char bracket) {
        if (at == text.length() || text.charAt(at) != bracket) {
            throw new GrammarException("'" + bracket + "' is missing in: " + text);
        }
        at++;
    }

    private static void flush(StringBuilder words, List<Phrase> parts) {
        if (!words.isEmpty()) {
            parts.add(new Phrase.Words(words.toString()));
            words.setLength(0);
        }
    }
}
