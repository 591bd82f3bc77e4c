package telos.plans.values;

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

    @Override
    public Kind kind() {
        return Kind.VIEW;
    }
}
