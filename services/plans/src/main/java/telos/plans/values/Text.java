package telos.plans.values;

import org.jspecify.annotations.Nullable;

/**
 * A string, whose length, positions and slices count code points. Where every code point is one char, positions are
 * those of the Java string; elsewhere the code points are spread out once and kept. Two lone surrogates that meet count
 * as the code point that they form, which is where this differs from Python.
 */
public final class Text implements Payload {
    public static final Text EMPTY = new Text("", 0);
    private static final Text[] LATIN = new Text[256];
    private static final int LONGEST_NAME = 64;
    private static final @Nullable Text[] NAMED = new Text[1024];

    static {
        for (int i = 0; i < LATIN.length; i++) {
            LATIN[i] = new Text(String.valueOf((char) i), 1);
        }
    }

    private final String string;
    private final int length;
    private int @Nullable [] points;
    private @Nullable Key key;
    private @Nullable Outline outline;

    private Text(String string, int length) {
        this.string = string;
        this.length = length;
    }

    public static Text of(String string) {
        int chars = string.length();
        if (chars == 0) {
            return EMPTY;
        }
        if (chars == 1 && string.charAt(0) < 256) {
            return LATIN[string.charAt(0)];
        }
        return new Text(string, string.codePointCount(0, chars));
    }

    /** A name, as of a field: the same object for the same name, as far as that is remembered. */
    public static Text named(String name) {
        int at = name.hashCode() & (NAMED.length - 1);
        Text known = NAMED[at];
        if (known != null && known.string.equals(name)) {
            return known;
        }
        Text made = of(name);
        if (made.length <= LONGEST_NAME) {
            NAMED[at] = made;
        }
        return made;
    }

    static Text ofPoint(int point) {
        return point < 256 ? LATIN[point] : new Text(Character.toString(point), 1);
    }

    public String string() {
        return string;
    }

    /** In code points. */
    public int length() {
        return length;
    }

    boolean isPlain() {
        return length == string.length();
    }

    int pointAt(int index) {
        return isPlain() ? string.charAt(index) : points()[index];
    }

    Text at(int index) {
        return ofPoint(pointAt(index));
    }

    Text slice(int from, int to) {
        if (from >= to) {
            return EMPTY;
        }
        if (from == 0 && to == length) {
            return this;
        }
        return isPlain() ? of(string.substring(from, to)) : of(new String(points(), from, to - from));
    }

    int[] points() {
        int[] known = points;
        if (known == null) {
            known = string.codePoints().toArray();
            points = known;
        }
        return known;
    }

    Key key() {
        Key known = key;
        if (known == null) {
            known = Key.ofText(this);
            key = known;
        }
        return known;
    }

    /** What everybody may know of it where everybody may know it. */
    Outline outline() {
        Outline known = outline;
        if (known == null) {
            known = Outline.exactly(this);
            outline = known;
        }
        return known;
    }

    @Override
    public Kind kind() {
        return Kind.STR;
    }

    @Override
    public String toString() {
        return string;
    }
}
