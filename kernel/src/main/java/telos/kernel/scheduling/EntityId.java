package telos.kernel.scheduling;

/** Names one entity of an {@link EntityTree}; never given twice. */
public record EntityId(long value) {
    @Override
    public String toString() {
        return "entity " + value;
    }
}
