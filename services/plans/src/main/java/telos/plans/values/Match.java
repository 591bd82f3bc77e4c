package telos.plans.values;

import com.google.re2j.Matcher;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where a regular expression matched.
 *
 * @param bounds start and end of each group, in chars, -1 where it took no part
 */
@SuppressWarnings("ArrayRecordComponent") // compared by identity, and the array stays inside
public record Match(String text, int[] bounds, Map<String, Integer> names) implements Payload {
    static Match of(Pattern pattern, String text, Matcher matcher) {
        int[] bounds = new int[2 * (matcher.groupCount() + 1)];
        for (int i = 0; i <= matcher.groupCount(); i++) {
            bounds[2 * i] = matcher.start(i);
            bounds[2 * i + 1] = matcher.end(i);
        }
        return new Match(text, bounds, new LinkedHashMap<>(pattern.compiled().namedGroups()));
    }

    int groups() {
        return bounds.length / 2 - 1;
    }

    int start(int group) {
        return bounds[2 * group] < 0 ? -1 : text.codePointCount(0, bounds[2 * group]);
    }

    int end(int group) {
        return bounds[2 * group] < 0 ? -1 : text.codePointCount(0, bounds[2 * group + 1]);
    }

    String whole() {
        return text.substring(bounds[0], bounds[1]);
    }

    /** The text of a group, or None. */
    Payload group(int group) {
        return bounds[2 * group] < 0
                ? Nothing.NOTHING
                : Text.of(text.substring(bounds[2 * group], bounds[2 * group + 1]));
    }

    Payload group(Payload of) {
        return group(number(of));
    }

    int number(Payload of) {
        if (of instanceof Text name) {
            Integer number = names.get(name.string());
            if (number != null) {
                return number;
            }
        } else if (Numbers.isWhole(of)) {
            long number = Numbers.whole(of).clamped();
            if (number >= 0 && number <= groups()) {
                return (int) number;
            }
        }
        throw Fault.index("no such group");
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }

    @Override
    public String toString() {
        return "match of " + whole();
    }

    @Override
    public Kind kind() {
        return Kind.MATCH;
    }
}
