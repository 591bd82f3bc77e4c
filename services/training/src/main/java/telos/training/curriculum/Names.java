package telos.training.curriculum;

import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * Makes names: words of the trade, made-up words that can be spoken, and plain strings of letters. The made-up ones
 * hardly repeat, so that a model can only learn to copy them.
 */
final class Names {
    private static final String[] ONSETS = {
        "b", "c", "d", "f", "g", "h", "j", "k", "l", "m", "n", "p", "r", "s", "t", "v", "w", "z", "br", "ch", "cl",
        "cr", "dr", "fl", "gr", "pl", "pr", "qu", "sh", "sk", "sp", "st", "th", "tr", ""
    };
    private static final String[] VOWELS = {"a", "e", "i", "o", "u", "a", "e", "o", "ai", "ea", "ee", "ou", "y"};
    private static final String[] CODAS = {"", "", "", "n", "r", "s", "t", "l", "m", "x", "ck", "nd", "rt", "st", "ng"};

    private final List<String> words;
    private final List<String> programs;

    Names(List<String> words, List<String> programs) {
        this.words = words;
        this.programs = programs;
    }

    /** A word of the trade, lower case. */
    String known(RandomGenerator random) {
        return pick(words, random);
    }

    /** A word, lower case: known, made up, or random letters. */
    String word(RandomGenerator random) {
        int kind = random.nextInt(100);
        if (kind < 45) {
            return known(random);
        }
        return kind < 80 ? spoken(random) : letters(random);
    }

    private static String spoken(RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        int syllables = 1 + random.nextInt(3);
        for (int i = 0; i < syllables; i++) {
            text.append(ONSETS[random.nextInt(ONSETS.length)])
                    .append(VOWELS[random.nextInt(VOWELS.length)])
                    .append(CODAS[random.nextInt(CODAS.length)]);
        }
        return text.toString();
    }

    private static String letters(RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        int length = 1 + random.nextInt(7);
        for (int i = 0; i < length; i++) {
            text.append((char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }

    static String digits(int length, RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < length; i++) {
            text.append((char) ('0' + random.nextInt(10)));
        }
        return text.toString();
    }

    static String capitalised(String word) {
        return word.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    /** A date or a version, as file names have them. */
    static String stamp(RandomGenerator random) {
        return switch (random.nextInt(6)) {
            case 0 ->
                String.format(
                        Locale.ROOT,
                        "20%02d-%02d-%02d",
                        10 + random.nextInt(20),
                        1 + random.nextInt(12),
                        1 + random.nextInt(28));
            case 1 -> "20" + digits(6, random);
            case 2 -> "v" + (1 + random.nextInt(9));
            case 3 -> random.nextInt(10) + "." + random.nextInt(20) + "." + random.nextInt(10);
            case 4 -> random.nextInt(10) + "." + random.nextInt(20);
            default -> digits(1 + random.nextInt(4), random);
        };
    }

    /** A file's or folder's name without its extension. */
    String stem(RandomGenerator random) {
        String first = word(random);
        return switch (random.nextInt(22)) {
            case 0, 1 -> first + "-" + word(random);
            case 2, 3 -> first + "_" + word(random);
            case 4 -> first + "." + word(random);
            case 5, 6 -> capitalised(first) + capitalised(word(random));
            case 7 -> capitalised(first);
            case 8 -> first.toUpperCase(Locale.ROOT);
            case 9 -> first + "-" + stamp(random);
            case 10 -> first + "_" + stamp(random);
            case 11 -> first + random.nextInt(100);
            case 12 -> first + "-" + word(random) + "-" + word(random);
            case 13 -> random.nextInt(3) == 0 ? stamp(random) : first;
            default -> first;
        };
    }

    /** A program as the kernel names it. */
    String program(RandomGenerator random) {
        if (random.nextInt(100) < 55) {
            return pick(programs, random);
        }
        String first = word(random);
        return switch (random.nextInt(8)) {
            case 0 -> first + "-" + word(random);
            case 1 -> first + random.nextInt(10);
            case 2 -> first + "d";
            case 3 -> capitalised(first);
            case 4 -> first + "-server";
            default -> first;
        };
    }

    static <T> T pick(List<T> list, RandomGenerator random) {
        return list.get(random.nextInt(list.size()));
    }
}
