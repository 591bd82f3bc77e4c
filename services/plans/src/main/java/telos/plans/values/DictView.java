package telos.plans.values;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/** What {@code keys()}, {@code values()} or {@code items()} gives: the dictionary seen so, also as it changes. */
public record DictView(DictBox dict, Of of) implements Payload {
    /** What is seen of each entry. */
    public enum Of {
        KEYS("dict_keys"),
        VALUES("dict_values"),
        ITEMS("dict_items");

        private final String label;

        Of(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    private static final Map<Of, Text> TOLD = Map.of(
            Of.KEYS, Text.of(Of.KEYS.label()),
            Of.VALUES, Text.of(Of.VALUES.label()),
            Of.ITEMS, Text.of(Of.ITEMS.label()));

    /** What stands for a kind of view in outlines. */
    static Text told(Of of) {
        return requireNonNull(TOLD.get(of));
    }

    @Override
    public Kind kind() {
        return Kind.VIEW;
    }
}
