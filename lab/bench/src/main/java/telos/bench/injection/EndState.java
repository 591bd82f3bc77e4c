package telos.bench.injection;

/** Whether a task is done, or an attack has succeeded. */
@FunctionalInterface
public interface EndState<E extends Environment> {
    boolean holds(Change<E> change);
}
