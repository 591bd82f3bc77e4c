package telos.plans.values;

import java.util.List;
import org.jspecify.annotations.Nullable;

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
    int places() {
        return table.positions();
    }

    @Override
    @Nullable
    Value at(int place) {
        Table.Entry entry = table.at(place);
        return entry == null ? null : entry.name;
    }

    @Override
    Outline computeOutline(Sight sight) {
        Outline scalars = sum().elements(this);
        return Outline.holding(kind(), table.size(), scalars == null ? sight.all(table.names()) : scalars, null);
    }

    @Override
    public Kind kind() {
        return frozen ? Kind.FROZENSET : Kind.SET;
    }
}
