package telos.server;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import telos.inference.chat.Patience;
import telos.server.clock.Clock;

/**
 * The models being served: the default one, and those that requests have named since.
 *
 * <p>A model is known by what its name leads to, so one file asked for under two names is loaded once. It is loaded on a
 * thread of its own and without the lock, so listings and other models never wait for it; those who ask for the same
 * one wait together, and one who stops waiting does not end the loading. A model other than the default is closed when
 * nobody has used it for a while, or when another does not fit beside it; never while it generates.
 */
public final class Models implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Models.class.getName());

    /** The answer to a request for a model. */
    public sealed interface Found {}

    /** It is being served. It may be kept: one that was closed since is loaded again when it is to generate. */
    public record Opened(ServedModel model) implements Found {}

    /** The daemon has not loaded its default model yet; the same request will be served in a while. */
    public record Starting() implements Found {}

    /** There is no such model. */
    public record Unknown(String why) implements Found {}

    /**
     * There is one, and it cannot be used; the reason says how to mend it.
     *
     * @param wantsMemory whether it could be used if others were closed
     */
    public record Unusable(String why, boolean wantsMemory) implements Found {
        public Unusable(String why) {
            this(why, false);
        }
    }

    /** Makes a served model of a name, a path or an address. */
    @FunctionalInterface
    public interface Opener {
        Found open(String name) throws InterruptedException;

        /** What a name leads to: names of one key are names of one model. */
        default String key(String name) {
            return name;
        }

        /** Why there is no such model, as far as can be said without opening one. */
        default Optional<Unknown> unknown(String name) {
            return Optional.empty();
        }
    }

    /** A model that is there. The lock guards what changes. */
    private static final class Slot {
        private final ServedModel model;
        private int users;
        private long lastUsed;

        Slot(ServedModel model, long now) {
            this.model = model;
            this.lastUsed = now;
        }
    }

    private record Loading(Thread thread, CompletableFuture<Found> found) {}

    private static final long WAIT_SECONDS = 1;
    private static final Unusable STOPPING = new Unusable("the daemon is stopping");

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Slot> slots = new LinkedHashMap<>();
    private final Map<String, Loading> loads = new HashMap<>();
    private final Map<String, String> keys = new HashMap<>();
    private final Opener opener;
    private final LongSupplier nanos;
    private @Nullable String standard;
    private boolean closed;

    public Models(Opener opener) {
        this(opener, System::nanoTime);
    }

    Models(Opener opener, LongSupplier nanos) {
        this.opener = opener;
        this.nanos = nanos;
    }

    /** Adds the model that is meant when none is named; it stays until the end. */
    public void standard(ServedModel model) {
        String key = opener.key(model.name());
        lock.lock();
        try {
            standard = key;
            slots.put(key, new Slot(model, nanos.getAsLong()));
            keys.put(model.name(), key);
        } finally {
            lock.unlock();
        }
    }

    /** As {@link #open(String, Patience)}, for one who waits for ever. */
    public Found open(String name) throws InterruptedException {
        try {
            return open(name, Patience.endless());
        } catch (IOException e) {
            throw new IllegalStateException("endless patience came to an end", e);
        }
    }

    /**
     * Finds a model, and loads it first if it is not being served yet.
     *
     * @param name empty for the default
     * @throws IOException if the patience ended; the loading goes on
     */
    public Found open(String name, Patience patience) throws IOException, InterruptedException {
        @Nullable String known;
        lock.lock();
        try {
            if (closed) {
                return STOPPING;
            }
            if (standard == null) {
                return new Starting();
            }
            known = name.isEmpty() || name.equals("default") ? standard : keys.get(name);
        } finally {
            lock.unlock();
        }
        String key = known == null ? opener.key(name) : known;
        try {
            Optional<CompletableFuture<Found>> served = served(name, key);
            if (served.isEmpty()) {
                Optional<Unknown> unknown = opener.unknown(name);
                if (unknown.isPresent()) {
                    return unknown.get();
                }
            }
            CompletableFuture<Found> found = served.orElseGet(() -> loading(name, key));
            while (true) {
                try {
                    return found.get(WAIT_SECONDS, TimeUnit.SECONDS);
                } catch (TimeoutException _) {
                    patience.waiting();
                }
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("the loading of " + name + " ended without an outcome", e);
        }
    }

    private Optional<CompletableFuture<Found>> served(String name, String key) {
        lock.lock();
        try {
            @Nullable Slot slot = slots.get(key);
            if (slot == null) {
                return Optional.empty();
            }
            if (!name.isEmpty()) {
                keys.put(name, key);
            }
            slot.lastUsed = nanos.getAsLong();
            return Optional.of(
                    CompletableFuture.completedFuture(new Opened(new LeasedModel(this, name, key, slot.model))));
        } finally {
            lock.unlock();
        }
    }

    /** The loading that is under way, or a new one. */
    private CompletableFuture<Found> loading(String name, String key) {
        lock.lock();
        try {
            if (closed) {
                return CompletableFuture.completedFuture(STOPPING);
            }
            @Nullable Slot slot = slots.get(key); // loaded since it was looked for
            if (slot != null) {
                return CompletableFuture.completedFuture(new Opened(new LeasedModel(this, name, key, slot.model)));
            }
            return loads.computeIfAbsent(key, _ -> {
                        CompletableFuture<Found> found = new CompletableFuture<>();
                        Thread thread = Thread.ofPlatform()
                                .name("telos-load")
                                .daemon()
                                .start(() -> found.complete(load(name, key)));
                        return new Loading(thread, found);
                    })
                    .found;
        } finally {
            lock.unlock();
        }
    }

    private Found load(String name, String key) {
        Found found;
        try {
            found = opener.open(name);
            while (found instanceof Unusable unusable && unusable.wantsMemory() && makeRoom()) {
                found = opener.open(name);
            }
        } catch (InterruptedException e) {
            found = STOPPING;
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "fault while loading " + name, e);
            found = new Unusable(
                    "a fault while '" + name + "' was being loaded; the daemon's log says more (telos logs)");
        }
        @Nullable ServedModel late = null;
        lock.lock();
        try {
            loads.remove(key);
            if (found instanceof Opened(ServedModel model)) {
                if (closed) {
                    late = model;
                    found = STOPPING;
                } else {
                    slots.put(key, new Slot(model, nanos.getAsLong()));
                    keys.put(name, key);
                    found = new Opened(new LeasedModel(this, name, key, model));
                }
            }
        } finally {
            lock.unlock();
        }
        if (late != null) {
            late.close();
        }
        return found;
    }

    /** Closes the model that has been idle for longest; false if every one is in use. */
    private boolean makeRoom() {
        return take(Duration.ZERO, 1) > 0;
    }

    /** Closes the models that nobody has used for so long. */
    void closeIdle(Duration idle) {
        take(idle, Integer.MAX_VALUE);
    }

    private int take(Duration idle, int most) {
        List<ServedModel> taken = new ArrayList<>();
        lock.lock();
        try {
            long now = nanos.getAsLong();
            slots.entrySet().stream()
                    .filter(each -> !each.getKey().equals(standard))
                    .filter(each -> each.getValue().users == 0 && now - each.getValue().lastUsed >= idle.toNanos())
                    .sorted(Comparator.comparingLong(each -> each.getValue().lastUsed - now))
                    .limit(most)
                    .toList()
                    .forEach(each -> {
                        taken.add(each.getValue().model);
                        slots.remove(each.getKey());
                        keys.values().removeIf(each.getKey()::equals);
                    });
        } finally {
            lock.unlock();
        }
        for (ServedModel model : taken) {
            LOG.log(Level.INFO, "closing {0}, which nobody uses", model.name());
            try {
                model.close();
            } catch (RuntimeException e) {
                LOG.log(Level.ERROR, "fault while closing " + model.name(), e);
            }
        }
        return taken.size();
    }

    public List<ModelDescription> list() {
        return served().stream().map(ServedModel::description).toList();
    }

    /** The KV memory of all of them. */
    public MemoryReport memory() {
        return MemoryReport.together(served().stream().map(ServedModel::memory).toList());
    }

    /** How the service of each is divided. */
    List<Clock> clocks() {
        return served().stream().flatMap(model -> model.clock().stream()).toList();
    }

    /** Every model being served, the default first. */
    public List<ServedModel> served() {
        lock.lock();
        try {
            return slots.values().stream().map(slot -> slot.model).toList();
        } finally {
            lock.unlock();
        }
    }

    /** Breaks off what is being loaded, and closes what is served, in use or not. */
    @Override
    public void close() {
        List<Loading> broken;
        lock.lock();
        try {
            closed = true;
            broken = List.copyOf(loads.values());
        } finally {
            lock.unlock();
        }
        for (Loading loading : broken) {
            loading.thread.interrupt();
            loading.found.join();
        }
        served().forEach(ServedModel::close);
    }

    /** What a request has a model do. */
    @FunctionalInterface
    interface Work<T> {
        T on(ServedModel model) throws InterruptedException;
    }

    /** Has the model do some work while it cannot be closed; it is opened again where it has left. */
    <T> T lend(String asked, String key, Work<T> work, Function<String, T> refusal) throws InterruptedException {
        @Nullable Slot slot = hold(key);
        if (slot == null) {
            return switch (open(asked)) {
                case Opened(ServedModel again) -> work.on(again);
                case Starting _ -> throw new IllegalStateException("a daemon that was ready is starting");
                case Unknown unknown -> refusal.apply(unknown.why());
                case Unusable unusable -> refusal.apply(unusable.why());
            };
        }
        try {
            return work.on(slot.model);
        } finally {
            release(slot);
        }
    }

    private @Nullable Slot hold(String key) {
        lock.lock();
        try {
            @Nullable Slot slot = slots.get(key);
            if (slot != null) {
                slot.users++;
            }
            return slot;
        } finally {
            lock.unlock();
        }
    }

    private void release(Slot slot) {
        lock.lock();
        try {
            slot.users--;
            slot.lastUsed = nanos.getAsLong();
        } finally {
            lock.unlock();
        }
    }
}
