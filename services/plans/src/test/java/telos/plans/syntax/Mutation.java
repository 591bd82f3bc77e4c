package telos.plans.syntax;

import java.util.List;
import java.util.Random;

/** Small changes to sources, most of which make them faulty. */
final class Mutation {
    private static final List<String> PIECES = List.of(
            " ",
            "\n",
            "\n  ",
            "\t",
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            ":",
            ",",
            "=",
            "==",
            ":=",
            "*",
            "**",
            ".",
            "-",
            "not ",
            "if ",
            " else ",
            " for ",
            " in ",
            "lambda ",
            "def f():",
            "'",
            "\"",
            "f'{",
            "\\",
            "#",
            "1",
            "x",
            "None",
            " as ",
            "return ",
            "break",
            "yield ",
            "é",
            "😀",
            "\0",
            ";",
            "!",
            "@",
            "await ",
            "0x",
            "1e",
            "_",
            "%",
            "else:",
            "\r\n",
            "del ",
            "*a",
            "a=1",
            ", ",
            "() ",
            "x := 1");

    private Mutation() {}

    static String of(String source, long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder(source);
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = boundary(text, random.nextInt(text.length() + 1));
            switch (random.nextInt(4)) {
                case 0 -> text.insert(at, piece(random));
                case 1 -> text.delete(at, boundary(text, Math.min(text.length(), at + 1 + random.nextInt(6))));
                case 2 -> {
                    int end = boundary(text, Math.min(text.length(), at + random.nextInt(20)));
                    text.insert(boundary(text, random.nextInt(text.length() + 1)), text.substring(at, end));
                }
                default -> {
                    text.delete(at, boundary(text, Math.min(text.length(), at + 1)));
                    text.insert(at, piece(random));
                }
            }
        }
        return text.toString();
    }

    static String piece(Random random) {
        return PIECES.get(random.nextInt(PIECES.size()));
    }

    /** The offset, or one more if it would cut a character in two. */
    private static int boundary(CharSequence text, int offset) {
        return offset < text.length()
                        && offset > 0
                        && Character.isLowSurrogate(text.charAt(offset))
                        && Character.isHighSurrogate(text.charAt(offset - 1))
                ? offset + 1
                : offset;
    }
}
