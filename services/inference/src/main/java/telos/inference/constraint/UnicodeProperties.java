package telos.inference.constraint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The general categories of Unicode that {@code \p} in a regular expression may name. */
final class UnicodeProperties {
    private static final Map<String, List<Integer>> CATEGORIES = categories();
    private static final Map<String, String> LONG_NAMES = Map.ofEntries(
            Map.entry("Letter", "L"),
            Map.entry("Uppercase_Letter", "Lu"),
            Map.entry("Lowercase_Letter", "Ll"),
            Map.entry("Titlecase_Letter", "Lt"),
            Map.entry("Number", "N"),
            Map.entry("Decimal_Number", "Nd"),
            Map.entry("Punctuation", "P"),
            Map.entry("Symbol", "S"),
            Map.entry("Separator", "Z"),
            Map.entry("Space_Separator", "Zs"),
            Map.entry("Mark", "M"));

    private UnicodeProperties() {}

    /** The characters with a property; null when it is not known. */
    static @Nullable CodePoints find(String name) {
        String category = name.replaceFirst("^(gc|General_Category)=", "");
        List<Integer> types = CATEGORIES.get(LONG_NAMES.getOrDefault(category, category));
        if (types == null) {
            return null;
        }
        List<CodePoints> ranges = new ArrayList<>();
        int start = -1;
        for (int codePoint = 0; codePoint <= CodePoints.LAST + 1; codePoint++) {
            boolean in = codePoint <= CodePoints.LAST && types.contains(Character.getType(codePoint));
            if (in && start < 0) {
                start = codePoint;
            } else if (!in && start >= 0) {
                ranges.add(CodePoints.range(start, codePoint - 1));
                start = -1;
            }
        }
        return CodePoints.union(ranges);
    }

    private static Map<String, List<Integer>> categories() {
        Map<String, Integer> exact = Map.ofEntries(
                Map.entry("Lu", (int) Character.UPPERCASE_LETTER),
                Map.entry("Ll", (int) Character.LOWERCASE_LETTER),
                Map.entry("Lt", (int) Character.TITLECASE_LETTER),
                Map.entry("Lm", (int) Character.MODIFIER_LETTER),
                Map.entry("Lo", (int) Character.OTHER_LETTER),
                Map.entry("Mn", (int) Character.NON_SPACING_MARK),
                Map.entry("Mc", (int) Character.COMBINING_SPACING_MARK),
                Map.entry("Me", (int) Character.ENCLOSING_MARK),
                Map.entry("Nd", (int) Character.DECIMAL_DIGIT_NUMBER),
                Map.entry("Nl", (int) Character.LETTER_NUMBER),
                Map.entry("No", (int) Character.OTHER_NUMBER),
                Map.entry("Pc", (int) Character.CONNECTOR_PUNCTUATION),
                Map.entry("Pd", (int) Character.DASH_PUNCTUATION),
                Map.entry("Ps", (int) Character.START_PUNCTUATION),
                Map.entry("Pe", (int) Character.END_PUNCTUATION),
                Map.entry("Pi", (int) Character.INITIAL_QUOTE_PUNCTUATION),
                Map.entry("Pf", (int) Character.FINAL_QUOTE_PUNCTUATION),
                Map.entry("Po", (int) Character.OTHER_PUNCTUATION),
                Map.entry("Sm", (int) Character.MATH_SYMBOL),
                Map.entry("Sc", (int) Character.CURRENCY_SYMBOL),
                Map.entry("Sk", (int) Character.MODIFIER_SYMBOL),
                Map.entry("So", (int) Character.OTHER_SYMBOL),
                Map.entry("Zs", (int) Character.SPACE_SEPARATOR),
                Map.entry("Zl", (int) Character.LINE_SEPARATOR),
                Map.entry("Zp", (int) Character.PARAGRAPH_SEPARATOR));
        Map<String, List<Integer>> all = new HashMap<>();
        exact.forEach((name, type) -> {
            all.computeIfAbsent(name, _ -> new ArrayList<>()).add(type);
            all.computeIfAbsent(name.substring(0, 1), _ -> new ArrayList<>()).add(type);
        });
        return all;
    }
}
