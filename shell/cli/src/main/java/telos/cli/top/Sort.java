package telos.cli.top;

import java.util.Comparator;

/** By what rows are ordered. Figures: the greatest first. */
public enum Sort {
    GOT,
    WAITED,
    USED,
    AGE,
    WEIGHT,
    NAME;

    String column() {
        return name();
    }

    private Comparator<Row> order() {
        return switch (this) {
            case GOT -> Comparator.comparingDouble(Row::got).reversed();
            case WAITED -> Comparator.comparingDouble(Row::waited).reversed();
            case USED -> Comparator.comparingDouble(Row::used).reversed();
            case AGE -> Comparator.comparingDouble(Row::age).reversed();
            case WEIGHT ->
                Comparator.comparingLong((Row row) -> row.weight().orElse(0)).reversed();
            case NAME -> Comparator.comparing(Row::name);
        };
    }

    /** Rows that are equal in it keep an order of their own, so that they do not jump. */
    public Comparator<Row> order(boolean reversed) {
        return (reversed ? order().reversed() : order())
                .thenComparing(Row::kind)
                .thenComparingInt(row -> row.id().length())
                .thenComparing(Row::id);
    }

    Sort next() {
        return switch (this) {
            case GOT -> WAITED;
            case WAITED -> USED;
            case USED -> AGE;
            case AGE -> WEIGHT;
            case WEIGHT -> NAME;
            case NAME -> GOT;
        };
    }
}
