package telos.plans.syntax;

import java.text.Normalizer;

/** Which characters make a name: those of Unicode's identifiers and the underscore, compared in NFKC as Python does. */
final class Names {
    private Names() {}

    static boolean start(int point) {
        return point == '_' || Character.isUnicodeIdentifierStart(point);
    }

    static boolean part(int point) {
        return point == '_' || (Character.isUnicodeIdentifierPart(point) && !Character.isIdentifierIgnorable(point));
    }

    static boolean valid(String name) {
        return !name.isEmpty()
                && start(name.codePointAt(0))
                && name.codePoints().allMatch(Names::part);
    }

    /** The name by which a spelling is known. */
    static String canonical(String spelling) {
        for (int i = 0; i < spelling.length(); i++) {
            if (spelling.charAt(i) >= 0x80) {
                return Normalizer.normalize(spelling, Normalizer.Form.NFKC);
            }
        }
        return spelling;
    }
}
