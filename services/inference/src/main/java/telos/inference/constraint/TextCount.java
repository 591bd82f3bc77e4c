package telos.inference.constraint;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * How many texts a form has, as far as it matters, and within how many bytes they are.
 *
 * @param texts how many, at most {@link #MANY}
 * @param bytes within how many bytes after the opening quote, the closing one included, that many texts end
 */
record TextCount(int texts, int bytes) {
    /** More texts than one object or array will ever have. */
    static final int MANY = 4096;

    private static final int MOST_LENGTH = 5000;
    private static final int MOST_WORK = 2_000_000;

    /** That of texts of any kind and length. */
    static final TextCount ANY = new TextCount(MANY, 3);

    static TextCount of(TextForm form) throws RegexParser.Unreadable {
        IdentityHashMap<Text, Integer> layer = new IdentityHashMap<>();
        layer.put(form.inside(), 1);
        int found = 0;
        int longest = 0;
        int work = 0;
        for (int length = 1; !layer.isEmpty() && found < MANY; length++) {
            IdentityHashMap<Text, Integer> next = new IdentityHashMap<>();
            for (Map.Entry<Text, Integer> entry : layer.entrySet()) {
                for (int value = 0; value < 256; value++) {
                    Rule after = entry.getKey().derive(value);
                    if (Rule.EMPTY.equals(after)) {
                        found = Math.min(MANY, found + entry.getValue());
                        longest = length;
                    } else if (after instanceof Text text) {
                        next.merge(text, entry.getValue(), (a, b) -> Math.min(MANY, a + b));
                    }
                }
                work += 256;
            }
            if (length > MOST_LENGTH || work > MOST_WORK) {
                throw new RegexParser.Unreadable("too many texts look alike for long: use shorter ones");
            }
            layer = next;
        }
        return new TextCount(found, longest);
    }

    /** All texts of a form that has few, as they are spelled. */
    static List<String> all(TextForm form) {
        List<String> texts = new ArrayList<>();
        collect(form.inside(), new byte[0], texts);
        return texts;
    }

    private static void collect(Text at, byte[] before, List<String> texts) {
        for (int value = 0; value < 256; value++) {
            Rule after = at.derive(value);
            if (Rule.EMPTY.equals(after)) {
                texts.add(new String(before, java.nio.charset.StandardCharsets.UTF_8));
            } else if (after instanceof Text text) {
                byte[] longer = java.util.Arrays.copyOf(before, before.length + 1);
                longer[before.length] = (byte) value;
                collect(text, longer, texts);
            }
        }
    }
}
