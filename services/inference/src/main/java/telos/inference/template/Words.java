package telos.inference.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntPredicate;

/** Cutting and changing texts, as Python's string methods do. */
final class Words {
    private Words() {}

    static boolean space(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
    }

    /** Without the characters in the class at the ends asked for. */
    static Text strip(Run run, Text text, Value chars, boolean left, boolean right) {
        String value = text.value();
        run.charge(text.length());
        IntPredicate drop = Words::space;
        if (chars instanceof Text set) {
            drop = c -> set.value().indexOf(c) >= 0;
        } else if (!(chars instanceof Value.None)) {
            throw run.fail("strip takes the characters as a text, not " + chars.sort());
        }
        int from = 0;
        int to = value.length();
        while (left && from < to && drop.test(value.codePointAt(from))) {
            from += Character.charCount(value.codePointAt(from));
        }
        while (right && to > from && drop.test(value.codePointBefore(to))) {
            to -= Character.charCount(value.codePointBefore(to));
        }
        return text.substring(from, Math.max(from, to));
    }

    static Text trim(Run run, Text text) {
        return strip(run, text, Value.None.NONE, true, true);
    }

    static Text upper(Run run, Text text) {
        run.charge(text.length());
        return text.recast(text.value().toUpperCase(Locale.ROOT));
    }

    static Text lower(Run run, Text text) {
        run.charge(text.length());
        return text.recast(text.value().toLowerCase(Locale.ROOT));
    }

    static Text capitalize(Run run, Text text) {
        run.charge(text.length());
        String value = text.value();
        return text.recast(
                value.isEmpty()
                        ? ""
                        : value.substring(0, 1).toUpperCase(Locale.ROOT)
                                + value.substring(1).toLowerCase(Locale.ROOT));
    }

    static Text title(Run run, Text text) {
        run.charge(text.length());
        StringBuilder out = new StringBuilder();
        boolean inside = false;
        for (char c : text.value().toCharArray()) {
            out.append(inside ? Character.toLowerCase(c) : Character.toTitleCase(c));
            inside = Character.isLetter(c);
        }
        return text.recast(out.toString());
    }

    /** {@code text.replace(old, fresh)} for the first {@code most} places, all when it is negative. */
    static Text replace(Run run, Text text, Text old, Text fresh, long most) {
        if (old.isEmpty()) {
            throw run.fail("replace cannot take an empty text");
        }
        Text.Builder out = new Text.Builder();
        int from = 0;
        long done = 0;
        for (int at = text.value().indexOf(old.value());
                at >= 0 && (most < 0 || done < most);
                at = text.value().indexOf(old.value(), from)) {
            out.append(text.substring(from, at)).append(fresh);
            run.check(out.length());
            from = at + old.length();
            done++;
        }
        out.append(text.substring(from, text.length()));
        run.text((long) text.length() + out.length());
        return out.build();
    }

    /** Split at the separator, or at runs of white space when there is none. */
    static Value split(Run run, Text text, Value separator, long most) {
        run.charge(text.length() * 2L);
        List<Value> parts = new ArrayList<>();
        String value = text.value();
        if (separator instanceof Text by) {
            if (by.isEmpty()) {
                throw run.fail("split cannot take an empty separator");
            }
            int from = 0;
            for (int at = value.indexOf(by.value()); at >= 0; at = value.indexOf(by.value(), from)) {
                if (most >= 0 && parts.size() >= most) {
                    break;
                }
                parts.add(text.substring(from, at));
                from = at + by.length();
            }
            parts.add(text.substring(from, value.length()));
            return new Value.Sequence(parts);
        }
        int at = 0;
        while (true) {
            while (at < value.length() && space(value.charAt(at))) {
                at++;
            }
            if (at >= value.length()) {
                return new Value.Sequence(parts);
            }
            int end = at;
            if (most >= 0 && parts.size() >= most) {
                parts.add(strip(run, text.substring(at, value.length()), Value.None.NONE, false, true));
                return new Value.Sequence(parts);
            }
            while (end < value.length() && !space(value.charAt(end))) {
                end++;
            }
            parts.add(text.substring(at, end));
            at = end;
        }
    }

    static List<Text> lines(Run run, Text text) {
        List<Text> lines = new ArrayList<>();
        if (split(run, text, Text.trusted("\n"), -1) instanceof Value.Sequence parts) {
            parts.items().forEach(part -> lines.add((Text) part));
        }
        return lines;
    }

    /** Each line but the first, and the first if asked, moved right; empty ones only if asked. */
    static Text indent(Run run, Text text, Text margin, boolean first, boolean blank) {
        Text.Builder out = new Text.Builder();
        boolean head = true;
        for (Text line : lines(run, text)) {
            if (!head) {
                out.append("\n", false);
            }
            if (head ? first : blank || !line.isEmpty()) {
                out.append(margin);
            }
            out.append(line);
            run.check(out.length());
            head = false;
        }
        run.charge(out.length());
        return out.build();
    }

    static int count(Run run, Text text, Text part) {
        run.charge(text.length());
        if (part.isEmpty()) {
            return text.value().codePointCount(0, text.length()) + 1;
        }
        int count = 0;
        for (int at = text.value().indexOf(part.value());
                at >= 0;
                at = text.value().indexOf(part.value(), at + part.length())) {
            count++;
        }
        return count;
    }

    /** Where the part starts, in code points, or -1. */
    static int find(Run run, Text text, Text part) {
        run.charge(text.length());
        int at = text.value().indexOf(part.value());
        return at < 0 ? -1 : text.value().codePointCount(0, at);
    }
}
