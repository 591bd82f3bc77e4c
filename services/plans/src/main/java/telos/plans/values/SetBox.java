package telos.plans.values;

import java.util.List;

/** A set or a frozenset. Its order is that of insertion, where Python promises none. */
public final class SetBox extends Box {
    private final Table table = new Table();
    private final boolean frozen;

    public SetBox(boolean frozen) {
        this.frozen = frozen;
    }

    Table table() {
        return table;
    }

    public boolean isFrozen() {
        return frozen;
    }

    /** The elements as they stand, each with its own label only. */
    public List<Value> elements() {
        return List.copyOf(table.names());
    }

    @Override
    public int size() {
        return table.size();
    }

    @Override
    Outline computeOutline(Sight sight) {
        return Outline.holding(kind(), table.size(), sight.all(table.names()), null);
    }

    @Override
    public Kind kind() {
        return frozen ? Kind.FROZENSET : Kind.SET;
    }
}
