package telos.training.curriculum;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** A part of a grammar's pattern, to be written out in one of its many ways. */
sealed interface Phrase {

    /** What an expansion draws on. */
    record Source(Map<String, Phrase> rules, Slots slots, RandomGenerator random) {}

    void expand(Source source, List<Segment> out);

    record Words(String text) implements Phrase {
        @Override
        public void expand(Source source, List<Segment> out) {
            out.add(Segment.words(text));
        }
    }

    record Sequence(List<Phrase> parts) implements Phrase {
        @Override
        public void expand(Source source, List<Segment> out) {
            parts.forEach(part -> part.expand(source, out));
        }
    }

    /** One of several; an optional part is a choice whose other branch is empty. */
    record Choice(List<Phrase> branches) implements Phrase {
        @Override
        public void expand(Source source, List<Segment> out) {
            branches.get(source.random().nextInt(branches.size())).expand(source, out);
        }
    }

    record Rule(String name) implements Phrase {
        @Override
        public void expand(Source source, List<Segment> out) {
            Phrase rule = source.rules().get(name);
            if (rule == null) {
                throw new GrammarException("there is no rule <" + name + ">");
            }
            rule.expand(source, out);
        }
    }

    record Slot(String name) implements Phrase {
        @Override
        public void expand(Source source, List<Segment> out) {
            out.add(source.slots().fill(name, source.random()));
        }
    }

    /** Writes the phrase out, with single spaces between words and none at the ends. */
    static List<Segment> write(Phrase phrase, Source source) {
        List<Segment> raw = new ArrayList<>();
        phrase.expand(source, raw);
        return tidy(raw);
    }

    /** Joins neighbouring words and mends the spaces between them. */
    static List<Segment> tidy(List<Segment> raw) {
        List<Segment> out = new ArrayList<>();
        StringBuilder words = new StringBuilder();
        boolean space = true;
        for (Segment segment : raw) {
            if (segment.filled().isPresent()) {
                flush(words, out);
                out.add(segment);
                space = false;
                continue;
            }
            for (int i = 0; i < segment.text().length(); i++) {
                char c = segment.text().charAt(i);
                if (c != ' ' || !space) {
                    words.append(c);
                }
                space = c == ' ';
            }
        }
        int end = words.length();
        while (end > 0 && words.charAt(end - 1) == ' ') {
            end--;
        }
        words.setLength(end);
        flush(words, out);
        return out;
    }

    private static void flush(StringBuilder words, List<Segment> out) {
        if (!words.isEmpty()) {
            out.add(Segment.words(words.toString()));
            words.setLength(0);
        }
    }
}
