package telos.bench.injection;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Records that tools add, change and remove. It remembers which were there from the start: what a run has written itself
 * may hold anything that the run has read, so it is not labelled by whose it is.
 */
public final class Shelf<R> {
    private final List<R> records;
    private final Set<R> original;

    public Shelf(Collection<R> records) {
        this.records = new ArrayList<>(records);
        this.original = new HashSet<>(records);
    }

    public List<R> all() {
        return List.copyOf(records);
    }

    public List<R> where(Predicate<? super R> condition) {
        return records.stream().filter(condition).toList();
    }

    public Optional<R> first(Predicate<? super R> condition) {
        return records.stream().filter(condition).findFirst();
    }

    public boolean isOriginal(Object item) {
        return original.contains(item);
    }

    public R add(R item) {
        records.add(item);
        return item;
    }

    public void remove(R item) {
        records.remove(item);
    }

    public R change(R item, UnaryOperator<R> change) {
        R changed = change.apply(item);
        records.set(records.indexOf(item), changed);
        return changed;
    }

    /** What this has more than another. */
    public List<R> without(Shelf<R> other) {
        List<R> rest = new ArrayList<>(records);
        other.records.forEach(rest::remove);
        return rest;
    }
}
