package telos.training.curriculum;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Types a request as people do: with or without capitals and punctuation, and with slips. Filled slots stay exact. */
final class Noise {
    private static final Pattern WORD = Pattern.compile("[A-Za-z]{4,}");
    private static final Pattern SHORTENED = Pattern.compile("\\b(i|cpu|ram|kv|gb|io|oom)\\b");
    private static final String[] KEYBOARD = {"qwertyuiop", "asdfghjkl", "zxcvbnm"};

    private Noise() {}

    static String type(List<Segment> request, boolean question, RandomGenerator random) {
        int style = random.nextInt(100);
        boolean proper = style < 33;
        boolean loud = style >= 98;
        int slips = random.nextInt(100);
        int typos = slips < 88 ? 0 : slips < 97 ? 1 : 2;
        List<Segment> segments = new ArrayList<>(request);
        for (int i = 0; i < typos; i++) {
            int at = random.nextInt(segments.size());
            Segment segment = segments.get(at);
            if (segment.filled().isEmpty()) {
                segments.set(at, Segment.words(slip(segment.text(), random)));
            }
        }
        StringBuilder text = new StringBuilder();
        for (Segment segment : segments) {
            String words = segment.text();
            if (segment.filled().isEmpty()) {
                if (loud) {
                    words = words.toUpperCase(Locale.ROOT);
                } else if (proper) {
                    words = SHORTENED
                            .matcher(words)
                            .replaceAll(found -> found.group().toUpperCase(Locale.ROOT));
                    words = sentences(words, text.isEmpty());
                } else if (style < 60) {
                    words = words.replace("'", style < 45 ? "" : "'");
                }
            }
            text.append(words);
        }
        char last = text.charAt(text.length() - 1);
        if (last != '?' && last != '!' && last != '.') {
            int mark = random.nextInt(100);
            if (question) {
                text.append(mark < (proper ? 92 : 55) ? "?" : mark < 97 ? "" : "??");
            } else {
                text.append(mark < (proper ? 65 : 12) ? "." : mark > 97 ? "!" : "");
            }
        }
        return text.toString();
    }

    /** Capitals at the beginning and after a full stop. */
    private static String sentences(String words, boolean beginning) {
        StringBuilder text = new StringBuilder(words);
        boolean next = beginning;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (next && Character.isLetter(c)) {
                text.setCharAt(i, Character.toUpperCase(c));
                next = false;
            } else if ((c == '.' || c == '?') && i + 1 < text.length() && text.charAt(i + 1) == ' ') {
                next = true;
            } else if (c != ' ') {
                next = false;
            }
        }
        return text.toString();
    }

    /** One slip of the fingers in one of the longer words. */
    private static String slip(String text, RandomGenerator random) {
        List<int[]> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            words.add(new int[] {matcher.start(), matcher.end()});
        }
        if (words.isEmpty()) {
            return text;
        }
        int[] word = words.get(random.nextInt(words.size()));
        int at = word[0] + 1 + random.nextInt(word[1] - word[0] - 2);
        StringBuilder out = new StringBuilder(text);
        switch (random.nextInt(4)) {
            case 0 -> {
                char c = out.charAt(at);
                out.setCharAt(at, out.charAt(at + 1));
                out.setCharAt(at + 1, c);
            }
            case 1 -> out.deleteCharAt(at);
            case 2 -> out.insert(at, out.charAt(at));
            default -> out.setCharAt(at, neighbour(out.charAt(at), random));
        }
        return out.toString();
    }

    private static char neighbour(char c, RandomGenerator random) {
        for (String row : KEYBOARD) {
            int at = row.indexOf(c);
            if (at >= 0) {
                int beside = random.nextBoolean() ? at + 1 : at - 1;
                return row.charAt(Math.clamp(beside, 0, row.length() - 1));
            }
        }
        return c;
    }
}
