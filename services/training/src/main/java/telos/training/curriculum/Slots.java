package telos.training.curriculum;

import java.util.List;
import java.util.random.RandomGenerator;

/** Fills the slots of patterns: what is typed, and what it means in a call. */
final class Slots {
    private static final String[] SMALL = {
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen"
    };
    private static final String[] TENS = {
        "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"
    };
    private static final int[] USUAL = {
        2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 25, 30, 40, 50, 60, 80, 100, 120, 150, 200
    };
    private static final int[] PORTS = {
        22, 25, 53, 80, 443, 631, 1433, 1521, 2181, 2375, 3000, 3306, 4200, 5000, 5173, 5432, 5601, 5672, 6379, 6443,
        7717, 8000, 8080, 8081, 8443, 8888, 9000, 9090, 9092, 9200, 11211, 11434, 15672, 27017, 50051
    };

    private final Names names;
    private final Paths paths;

    Slots(Names names, Paths paths) {
        this.names = names;
        this.paths = paths;
    }

    Segment fill(String slot, RandomGenerator random) {
        return switch (slot) {
            case "file" -> quotable(slot, paths.file(random), 10, random);
            case "filename" -> quotable(slot, paths.fileName(random), 8, random);
            case "dir" -> quotable(slot, paths.folder(random), 14, random);
            case "place" ->
                quotable(slot, random.nextInt(5) == 0 ? paths.file(random) : paths.folder(random), 12, random);
            case "glob" -> quotable(slot, paths.glob(random), 6, random);
            case "ext" -> extension(slot, random);
            case "n", "n50" -> number(slot, 50, random);
            case "n100" -> number(slot, 100, random);
            case "n200" -> number(slot, 200, random);
            case "pid" -> pid(slot, random);
            case "port" -> port(slot, random);
            case "process" -> quotable(slot, names.program(random), 25, random);
            case "id" -> identifier(slot, random);
            case "phrase" -> phrase(slot, random);
            case "word" -> Segment.words(names.word(random));
            case "it" -> Segment.filled(slot, "", "");
            case "person" -> Segment.words(Names.capitalised(names.word(random)));
            case "host" -> Segment.words(host(random));
            case "number" -> Segment.words(Integer.toString(2 + random.nextInt(random.nextBoolean() ? 20 : 900)));
            default -> throw new GrammarException("there is no slot {" + slot + "}");
        };
    }

    private static Segment quotable(String slot, String value, int rarity, RandomGenerator random) {
        return Segment.filled(slot, random.nextInt(rarity) == 0 ? quoted(value, random) : value, value);
    }

    private static String quoted(String value, RandomGenerator random) {
        String mark = random.nextInt(5) < 3 ? "\"" : random.nextBoolean() ? "'" : "`";
        return mark + value + mark;
    }

    private Segment extension(String slot, RandomGenerator random) {
        String extension = paths.extension(random);
        return Segment.filled(slot, (random.nextInt(5) < 2 ? "" : ".") + extension, "*." + extension);
    }

    private static Segment number(String slot, int most, RandomGenerator random) {
        int value;
        do {
            value = random.nextInt(3) == 0 ? 2 + random.nextInt(most - 1) : USUAL[random.nextInt(USUAL.length)];
        } while (value > most);
        boolean words = random.nextInt(100) < (value <= 20 ? 36 : value < 100 ? 15 : value == 100 ? 12 : 0);
        return Segment.filled(slot, words ? spoken(value, random) : Integer.toString(value), value);
    }

    static String spoken(int value, RandomGenerator random) {
        if (value == 100) {
            return random.nextBoolean() ? "hundred" : "one hundred";
        }
        if (value < 20) {
            return SMALL[value];
        }
        String tens = TENS[value / 10];
        return value % 10 == 0 ? tens : tens + (random.nextBoolean() ? "-" : " ") + SMALL[value % 10];
    }

    private static Segment pid(String slot, RandomGenerator random) {
        int value = random.nextInt(12) == 0
                ? 1 + random.nextInt(9)
                : Integer.parseInt((1 + random.nextInt(9)) + Names.digits(1 + random.nextInt(6), random));
        return Segment.filled(slot, Integer.toString(value), value);
    }

    private static Segment port(String slot, RandomGenerator random) {
        int value = random.nextInt(3) == 0 ? PORTS[random.nextInt(PORTS.length)] : 1 + random.nextInt(65_535);
        return Segment.filled(slot, Integer.toString(value), value);
    }

    private Segment identifier(String slot, RandomGenerator random) {
        String a = names.word(random);
        String b = names.word(random);
        String value = switch (random.nextInt(20)) {
            case 0 -> "TODO";
            case 1 -> Names.pick(List.of("FIXME", "XXX", "HACK", "WARN", "ERROR", "NOTE", "DEBUG", "null"), random);
            case 2, 3 -> a + Names.capitalised(b);
            case 4, 5 -> Names.capitalised(a) + Names.capitalised(b);
            case 6 -> a + "_" + b;
            case 7 -> a.toUpperCase(java.util.Locale.ROOT) + "_" + b.toUpperCase(java.util.Locale.ROOT);
            case 8 -> a + "." + b;
            case 9 -> a + "." + b + Names.capitalised(names.word(random));
            case 10 -> a + "-" + b;
            case 11 -> Names.capitalised(a) + Names.capitalised(b) + "Exception";
            case 12 -> "@" + Names.capitalised(a);
            case 13 -> a + "()";
            case 14 -> address(random);
            case 15 -> a.toUpperCase(java.util.Locale.ROOT);
            case 16 -> Names.capitalised(a) + Names.capitalised(b) + Names.capitalised(names.word(random));
            case 17 -> a.toUpperCase(java.util.Locale.ROOT) + "-" + Names.digits(1 + random.nextInt(4), random);
            default -> a;
        };
        return quotable(slot, value, 5, random);
    }

    private Segment phrase(String slot, RandomGenerator random) {
        StringBuilder text = new StringBuilder(names.word(random));
        int more = 1 + random.nextInt(3);
        for (int i = 0; i < more; i++) {
            text.append(' ')
                    .append(
                            switch (random.nextInt(12)) {
                                case 0 -> "not";
                                case 1 -> "is";
                                case 2 -> "failed";
                                case 3 -> Integer.toString(random.nextInt(600));
                                default -> names.word(random);
                            });
        }
        String value = random.nextInt(4) == 0 ? Names.capitalised(text.toString()) : text.toString();
        return Segment.filled(slot, quoted(value, random), value);
    }

    private static String address(RandomGenerator random) {
        return random.nextInt(256) + "." + random.nextInt(256) + "." + random.nextInt(256) + "." + random.nextInt(256);
    }

    private String host(RandomGenerator random) {
        String name = names.word(random);
        return switch (random.nextInt(7)) {
            case 0 -> address(random);
            case 1 -> name + "-0" + (1 + random.nextInt(9));
            case 2 -> name + random.nextInt(20);
            case 3 -> name + "." + names.word(random) + ".com";
            case 4 -> name + "-" + names.word(random) + "-" + (1 + random.nextInt(9));
            case 5 -> name + "." + Names.pick(List.of("local", "internal", "lan", "org", "net"), random);
            default -> name;
        };
    }
}
