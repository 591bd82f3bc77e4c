package telos.kernel.scheduling;

/** Whether an entity was added to the tree. */
public sealed interface Addition {

    /** It is in the tree, idle. */
    record Added(EntityId id) implements Addition {}

    /** It is not, and nothing was changed. */
    record Refused(Refusal refusal) implements Addition {}

    /** The new entity, for callers that have made sure that it cannot be refused. */
    default EntityId orThrow() {
        return switch (this) {
            case Added added -> added.id();
            case Refused refused ->
                throw new IllegalStateException(refused.refusal().text());
        };
    }
}
