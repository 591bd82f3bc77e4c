package telos.plans.syntax;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * A plan's text, checked and with every line end as {@code \n}, and the way from an offset in it to a position. Positions are
 * cheap when asked for in ascending order.
 */
final class Source {
    private static final int SHOWN = 120;

    private final String text;
    private int knownOffset;
    private int knownLine = 1;
    private int knownColumn = 1;

    private Source(String text) {
        this.text = text;
    }

    static Source of(byte[] bytes, Bounds bounds) {
        if (bytes.length > bounds.sourceBytes()) {
            throw tooLong(bounds);
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer decoded = CharBuffer.allocate(bytes.length);
        ByteBuffer input = ByteBuffer.wrap(bytes);
        CoderResult result = decoder.decode(input, decoded, true);
        String text = decoded.flip().toString();
        if (result.isError()) {
            Source before = new Source(lines(text));
            String found =
                    "the byte 0x%02x at offset %d is not UTF-8".formatted(bytes[input.position()], input.position());
            throw before.refusal(before.text.length(), found, "text in UTF-8");
        }
        return of(text, bounds);
    }

    static Source of(String original, Bounds bounds) {
        if (utf8Length(original) > bounds.sourceBytes()) {
            throw tooLong(bounds);
        }
        Source source = new Source(lines(original));
        for (int i = 0; i < source.text.length(); i++) {
            char c = source.text.charAt(i);
            if (c == 0) {
                throw source.refusal(i, "a NUL character cannot stand in a plan; in a string it is written \\0", "");
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isSurrogatePair(c, i + 1 < source.text.length() ? source.text.charAt(i + 1) : 0)) {
                    throw source.refusal(i, "half of a surrogate pair is not a character", "text in Unicode");
                }
                i++;
            }
        }
        return source;
    }

    private static long utf8Length(String text) {
        long length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            length += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
        }
        return length;
    }

    private static Refusal tooLong(Bounds bounds) {
        String message = "the plan is longer than " + bounds.sourceBytes()
                + " bytes; read large data with a tool instead of writing it into the plan";
        return new Refusal(new SyntaxFault(new Position(1, 1), message, "", ""));
    }

    private static String lines(String text) {
        String bare = text.startsWith("\uFEFF") ? text.substring(1) : text;
        return bare.indexOf('\r') < 0 ? bare : bare.replace("\r\n", "\n").replace('\r', '\n');
    }

    String text() {
        return text;
    }

    /** The position of an offset in the text; an offset at its end is behind the last character. */
    Position at(int offset) {
        if (offset < knownOffset) {
            knownOffset = 0;
            knownLine = 1;
            knownColumn = 1;
        }
        while (knownOffset < offset) {
            char c = text.charAt(knownOffset++);
            if (c == '\n') {
                knownLine++;
                knownColumn = 1;
            } else if (!Character.isLowSurrogate(c)) {
                knownColumn++;
            }
        }
        return new Position(knownLine, knownColumn);
    }

    Refusal refusal(int offset, String message, String expected) {
        return refusal(at(offset), message, expected);
    }

    Refusal refusal(Position position, String message, String expected) {
        return new Refusal(new SyntaxFault(position, message, expected, shown(position)));
    }

    /** The line of a position, or the part of it around the position, without characters that could drive a terminal. */
    private String shown(Position position) {
        int start = 0;
        for (int line = 1; line < position.line(); line++) {
            start = text.indexOf('\n', start) + 1;
        }
        int end = text.indexOf('\n', start);
        String line = text.substring(start, end < 0 ? text.length() : end);
        int[] points = line.codePoints()
                .skip(position.column() > SHOWN ? position.column() - SHOWN / 2 : 0)
                .limit(SHOWN)
                .map(Source::harmless)
                .toArray();
        return new String(points, 0, points.length);
    }

    private static int harmless(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL -> point == '\t' ? ' ' : '\uFFFD';
            case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> '\uFFFD';
            default -> point;
        };
    }
}
