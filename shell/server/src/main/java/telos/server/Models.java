package telos.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The models being served: the default one, and those that requests have named since. */
public final class Models implements AutoCloseable {
    /** The answer to a request for a model. */
    public sealed interface Found {}

    public record Opened(ServedModel model) implements Found {}

    /** The daemon has not loaded its default model yet; the same request will be served in a while. */
    public record Starting() implements Found {}

    /** There is no such model. */
    public record Unknown(String why) implements Found {}

    /** There is one, and it cannot be used; the reason says how to mend it. */
    public record Unusable(String why) implements Found {}

    /** Makes a served model of a name, a path or an address. */
    @FunctionalInterface
    public interface Opener {
        Found open(String name) throws InterruptedException;
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, ServedModel> byName = new LinkedHashMap<>();
    private final Opener opener;
    private @Nullable ServedModel standard;

    public Models(Opener opener) {
        this.opener = opener;
    }

    /** Adds the model that is meant when none is named. */
    public void standard(ServedModel model) {
        lock.lock();
        try {
            standard = model;
            byName.put(model.name(), model);
        } finally {
            lock.unlock();
        }
    }

    /** Finds a model, and loads it first if it is not being served yet; an empty name means the default. */
    public Found open(String name) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            ServedModel first = standard;
            if (first == null) {
                return new Starting();
            }
            if (name.isEmpty() || name.equals("default")) {
                return new Opened(first);
            }
            ServedModel known = byName.get(name);
            if (known != null) {
                return new Opened(known);
            }
            Found found = opener.open(name);
            if (found instanceof Opened(ServedModel model)) {
                byName.put(name, model);
            }
            return found;
        } finally {
            lock.unlock();
        }
    }

    public List<ModelDescription> list() {
        return served().stream().map(ServedModel::description).toList();
    }

    /** The KV memory of all of them. */
    public MemoryReport memory() {
        return MemoryReport.together(served().stream().map(ServedModel::memory).toList());
    }

    /** Every model being served, the default first. */
    public List<ServedModel> served() {
        lock.lock();
        try {
            return byName.values().stream().distinct().toList();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        served().forEach(ServedModel::close);
    }
}
