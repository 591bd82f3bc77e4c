package telos.inference.constraint;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Checks an answer against the texts that it may rest on: tool results and the request. */
public final class Grounding {
    private Grounding() {}

    /**
     * The words of the answer that have a number or a slash and occur nowhere in the evidence, each once, in order.
     * Punctuation around a word does not count; {@link GroundedText} never lets such a word be written.
     */
    public static List<String> unsupported(String answer, List<String> evidence) {
        Set<String> supported = new HashSet<>();
        for (String text : evidence) {
            supported.addAll(Words.supports(text));
        }
        Set<String> missing = new LinkedHashSet<>(Words.claims(answer));
        missing.removeAll(supported);
        return new ArrayList<>(missing);
    }
}
