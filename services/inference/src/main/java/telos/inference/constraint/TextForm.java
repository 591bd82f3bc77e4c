package telos.inference.constraint;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The texts that an automaton accepts and that have a length within bounds, as they are spelled: as a string of JSON
 * with any escapes, as one without, or bare.
 *
 * <p>Bounds are not multiplied into the automaton. For a state and a count of characters that must still come, two
 * tables say how many characters the shortest continuation has, and of those how many bytes the shortest. A count of
 * characters so far and a state of the automaton then tell whether some text goes on: the shortest must still fit.
 */
final class TextForm {
    static final int LONGEST_MINIMUM = 4096;

    private static final long MOST_WORK = 20_000_000;
    private static final int MOST_CELLS = 400_000;
    private static final int STATES_KEPT = 20_000;
    private static final int FAR = 1 << 28;
    /** What a name without escapes cannot hold. */
    static final CodePoints ESCAPED =
            CodePoints.range(0, 0x1F).or(CodePoints.of("\"\\")).or(CodePoints.one(0x7F));

    /** How a text is written. */
    enum Spelling {
        /** In quotes, with every escape that JSON knows. */
        STRING,
        /** In quotes and without escapes, so that equal texts are equal bytes. */
        PLAIN_STRING,
        /** The text alone. */
        BARE
    }

    final TextDfa dfa;
    final int least;
    final int most;
    final Spelling spelling;
    private final int[][] characters;
    private final int[][] bytes;
    private final Map<Text.Place, Text> texts = new HashMap<>();

    private TextForm(TextDfa dfa, int least, int most, Spelling spelling, int[][] characters, int[][] bytes) {
        this.dfa = dfa;
        this.least = least;
        this.most = most;
        this.spelling = spelling;
        this.characters = characters;
        this.bytes = bytes;
    }

    /** The form, or null when no text has it. */
    static @Nullable TextForm of(TextDfa dfa, int least, int most, Spelling spelling) throws RegexParser.Unreadable {
        long edges = (long) dfa.states() * dfa.classes();
        if (edges * (least + 1L) > MOST_WORK || (least + 1L) * dfa.states() > MOST_CELLS) {
            throw new RegexParser.Unreadable("together with a least length of " + least
                    + " the automaton is too large: ask for a shorter text or a simpler expression");
        }
        int[] cost = cost(dfa, spelling);
        int[][] characters = new int[least + 1][];
        int[][] bytes = new int[least + 1][];
        nearest(dfa, cost, characters, bytes);
        for (int more = 1; more <= least; more++) {
            longer(dfa, cost, characters, bytes, more);
        }
        TextForm form = new TextForm(dfa, least, most, spelling, characters, bytes);
        return form.open(0, 0) ? form : null;
    }

    /** The fewest bytes that spell a character of each class. */
    private static int[] cost(TextDfa dfa, Spelling spelling) {
        int[] cost = new int[dfa.classes()];
        Arrays.fill(cost, FAR);
        for (int i = 0; i < dfa.intervals(); i++) {
            int known = dfa.classOf(i);
            if (known >= 0) {
                cost[known] = Math.min(cost[known], Text.cheapest(dfa.intervalStart(i), dfa.intervalEnd(i), spelling));
            }
        }
        return cost;
    }

    private static void nearest(TextDfa dfa, int[] cost, int[][] characters, int[][] bytes) {
        int[] distance = new int[dfa.states()];
        int[] size = new int[dfa.states()];
        Arrays.fill(distance, FAR);
        Arrays.fill(size, FAR);
        for (int state = 0; state < distance.length; state++) {
            if (dfa.accepts(state)) {
                distance[state] = 0;
                size[state] = 0;
            }
        }
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int state = distance.length - 1; state >= 0; state--) {
                for (int c = 0; c < dfa.classes(); c++) {
                    int after = dfa.after(state, c);
                    if (after >= 0
                            && better(distance[after] + 1, size[after] + cost[c], distance[state], size[state])) {
                        distance[state] = distance[after] + 1;
                        size[state] = size[after] + cost[c];
                        changed = true;
                    }
                }
            }
        }
        characters[0] = distance;
        bytes[0] = size;
    }

    private static void longer(TextDfa dfa, int[] cost, int[][] characters, int[][] bytes, int more) {
        int[] distance = new int[dfa.states()];
        int[] size = new int[dfa.states()];
        Arrays.fill(distance, FAR);
        Arrays.fill(size, FAR);
        for (int state = 0; state < distance.length; state++) {
            for (int c = 0; c < dfa.classes(); c++) {
                int after = dfa.after(state, c);
                if (after >= 0) {
                    int next = characters[more - 1][after] + 1;
                    int spelled = bytes[more - 1][after] + cost[c];
                    if (better(next, spelled, distance[state], size[state])) {
                        distance[state] = next;
                        size[state] = spelled;
                    }
                }
            }
        }
        characters[more] = distance;
        bytes[more] = size;
    }

    private static boolean better(int distance, int size, int oldDistance, int oldSize) {
        return distance < FAR && size < FAR && (distance < oldDistance || (distance == oldDistance && size < oldSize));
    }

    /** How many numbers its tables hold. */
    long cells() {
        return 2L * (least + 1) * dfa.states();
    }

    /** Whether it has every text that can be spelled so. */
    boolean free() {
        return least == 0 && most == Rule.UNBOUNDED && dfa.free();
    }

    Text start() {
        return text(new Text.Place(0, 0, spelling == Spelling.BARE ? Text.Part.NONE : Text.Part.QUOTE));
    }

    /** The text just behind its opening quote. */
    Text inside() {
        return text(new Text.Place(0, 0, Text.Part.NONE));
    }

    Text text(Text.Place place) {
        if (texts.size() > STATES_KEPT) {
            texts.clear();
        }
        return texts.computeIfAbsent(place, key -> new Text(this, key));
    }

    /** Counts of characters that no bound tells apart are the same. */
    int counted(int count) {
        return most == Rule.UNBOUNDED ? Math.min(count, least) : count;
    }

    private int still(int count) {
        return Math.max(0, least - count);
    }

    /** Whether some text is in {@code state} after {@code count} characters. */
    boolean open(int state, int count) {
        int shortest = characters[still(count)][state];
        return shortest < FAR && (most == Rule.UNBOUNDED || shortest <= most - count);
    }

    boolean accepts(int state, int count) {
        return count >= least && dfa.accepts(state);
    }

    /** How many bytes suffice from there to the end of the text, the quote not counted. */
    int missing(int state, int count) {
        return bytes[still(count)][state];
    }
}
