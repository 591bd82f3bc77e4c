package telos.inference.constraint;

/**
 * Strings in JSON: valid UTF-8 (RFC 3629), no control characters, the short escapes, and {@code \}{@code uXXXX} for
 * everything but half a surrogate pair. Lengths count code points, a pair as one, as JSON Schema does.
 */
final class TextRules {
    private static final Rule CHARACTER = character();

    private TextRules() {}

    /** A string in quotes of {@code least} to {@code most} characters. */
    static Rule string(int least, int most) {
        Rule quote = Rule.literal("\"");
        return Rule.sequence(quote, Rule.repeat(CHARACTER, least, most), quote);
    }

    private static Rule character() {
        Rule hex = Rule.oneOf("0123456789abcdefABCDEF");
        Rule low = Rule.sequence(Rule.oneOf("dD"), Rule.oneOf("cdefCDEF"), hex, hex);
        Rule high = Rule.sequence(Rule.oneOf("dD"), Rule.oneOf("89abAB"), hex, hex);
        Rule single = Rule.choice(
                Rule.sequence(Rule.oneOf("0123456789abcefABCEF"), hex, hex, hex),
                Rule.sequence(Rule.oneOf("dD"), Rule.oneOf("01234567"), hex, hex));
        Rule pair = Rule.sequence(high, Rule.literal("\\u"), low);
        Rule escape = Rule.sequence(
                Rule.literal("\\"),
                Rule.choice(Rule.oneOf("\"\\/bfnrt"), Rule.sequence(Rule.literal("u"), Rule.choice(single, pair))));
        Rule plain = Rule.choice(Rule.bytes(' ', '!'), Rule.bytes('#', '['), Rule.bytes(']', 0x7F));
        return Rule.choice(plain, escape, multibyte());
    }

    private static Rule multibyte() {
        Rule more = Rule.bytes(0x80, 0xBF);
        return Rule.choice(
                Rule.sequence(Rule.bytes(0xC2, 0xDF), more),
                Rule.sequence(Rule.bytes(0xE0, 0xE0), Rule.bytes(0xA0, 0xBF), more),
                Rule.sequence(Rule.bytes(0xE1, 0xEC), more, more),
                Rule.sequence(Rule.bytes(0xED, 0xED), Rule.bytes(0x80, 0x9F), more),
                Rule.sequence(Rule.bytes(0xEE, 0xEF), more, more),
                Rule.sequence(Rule.bytes(0xF0, 0xF0), Rule.bytes(0x90, 0xBF), more, more),
                Rule.sequence(Rule.bytes(0xF1, 0xF3), more, more, more),
                Rule.sequence(Rule.bytes(0xF4, 0xF4), Rule.bytes(0x80, 0x8F), more, more));
    }
}
