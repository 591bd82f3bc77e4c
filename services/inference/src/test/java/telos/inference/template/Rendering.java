package telos.inference.template;

import java.time.LocalDateTime;
import java.util.Map;
import java.util.stream.Collectors;
import telos.inference.tokenizer.Piece;

/** Short cuts for the tests. */
final class Rendering {
    static final LocalDateTime NOW = LocalDateTime.of(2026, 3, 7, 15, 4, 5);

    private Rendering() {}

    static String text(String template, Map<String, ?> values) {
        return ChatTemplate.parse(template).render(values, NOW).stream()
                .map(Piece::text)
                .collect(Collectors.joining());
    }

    static String text(String template) {
        return text(template, Map.of());
    }

    /** The pieces in one line: trusted text as it is, untrusted text in angle quotes. */
    static String marked(String template, Map<String, ?> values) {
        return ChatTemplate.parse(template).render(values, NOW).stream()
                .map(piece -> piece.trusted() ? piece.text() : "«" + piece.text() + "»")
                .collect(Collectors.joining());
    }
}
