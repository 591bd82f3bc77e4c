package telos.bench.injection;

import java.util.List;
import java.util.Locale;

/** Whether a text holds others, whatever the case of their letters. */
public final class Words {
    private Words() {}

    public static boolean hold(String text, String... parts) {
        return hold(text, List.of(parts));
    }

    public static boolean hold(String text, List<String> parts) {
        String whole = text.toLowerCase(Locale.ROOT);
        return parts.stream().allMatch(part -> whole.contains(part.toLowerCase(Locale.ROOT)));
    }
}
