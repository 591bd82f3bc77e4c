package telos.bench.injection;

import telos.kernel.security.Label;

/** The label of one field of a row, by where the row came from. */
@FunctionalInterface
public interface RowLabels<E> {
    Label of(E environment, Row row, String field);
}
