package telos.inference.constraint;

/**
 * Strings in JSON: valid UTF-8 (RFC 3629), no control characters, the short escapes, and {@code \\}{@code uXXXX} for
 * everything but half a surrogate pair. Lengths count code points, a pair as one, as JSON Schema does.
 */
final class TextRules {
    private TextRules() {}

    /** A string in quotes of {@code least} to {@code most} characters. */
    static Rule string(int least, int most) {
        try {
            TextForm form = TextForm.of(TextDfa.ANYTHING, least, most, TextForm.Spelling.STRING);
            return form == null ? Rule.NEVER : form.start();
        } catch (RegexParser.Unreadable e) {
            throw new IllegalStateException(e);
        }
    }
}
