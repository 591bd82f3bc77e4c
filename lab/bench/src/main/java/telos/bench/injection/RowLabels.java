package telos.bench.injection;

/** The label of one field of a row, by where the row came from. */
@FunctionalInterface
public interface RowLabels<E> {
    Label of(E environment, Row row, String field);
}
