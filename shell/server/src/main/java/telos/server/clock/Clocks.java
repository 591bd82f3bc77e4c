package telos.server.clock;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import telos.kernel.scheduling.Change;
import telos.kernel.scheduling.EntityId;
import telos.kernel.scheduling.EntityStatus;
import telos.kernel.scheduling.Policy;
import telos.kernel.scheduling.Shares;

/** All clocks of a daemon, and the policy of those to come. May be called by any thread. */
public final class Clocks {
    private final List<Supplier<List<Clock>>> sources = new CopyOnWriteArrayList<>();
    private volatile Policy policy;

    /**
     * None yet.
     *
     * @param policy of clocks to come
     */
    public Clocks(Policy policy) {
        this.policy = policy;
    }

    /** Has those in it that this tells, whenever it is asked. */
    public void add(Supplier<List<Clock>> source) {
        sources.add(source);
    }

    /** By which clocks divide that are made from now on. */
    public Policy policy() {
        return policy;
    }

    public List<Clock> list() {
        return sources.stream().flatMap(source -> source.get().stream()).toList();
    }

    /**
     * An entity as people find it.
     *
     * @param id names it for as long as it is there
     * @param path its clock, and the names from the tenant down to it; two may have the same
     */
    public record Row(Clock clock, String id, String path, EntityStatus status) {}

    /**
     * Entities but the roots.
     *
     * @param idle those too that want nothing and got next to nothing lately
     */
    public List<Row> rows(boolean idle) {
        List<Row> rows = new ArrayList<>();
        for (Clock clock : list()) {
            Map<EntityId, String> paths = new HashMap<>();
            for (EntityStatus status : clock.status(idle)) {
                String above = status.parent().map(paths::get).orElse("");
                String name = status.name().isEmpty() ? "-" : status.name();
                String path = status.parent().isEmpty() ? clock.name() : above + "/" + name;
                paths.put(status.id(), path);
                if (status.parent().isPresent()) {
                    rows.add(new Row(clock, clock.name() + "#" + status.id().value(), path, status));
                }
            }
        }
        return rows;
    }

    /** What became of a wish. */
    public sealed interface Wish {}

    public record Done(Row row) implements Wish {}

    /** Nobody is called so, or more than one is. */
    public record Unknown(String why) implements Wish {}

    public record Refused(String why) implements Wish {}

    /**
     * Gives an entity other shares.
     *
     * @param named an id, a path, or a path without its clock if one entity alone has it
     * @param change of the shares that it was given, in its clock's units
     */
    public Wish set(String named, BiFunction<Clock, Shares, Shares> change) {
        List<Row> found = find(named);
        if (found.size() != 1) {
            return new Unknown(
                    found.isEmpty()
                            ? "there is no entity '" + named + "'; 'telos sched' lists those that are there"
                            : "'" + named + "' may be " + found.size() + " entities: "
                                    + found.stream().limit(5).map(Row::id).toList() + "; name it by its id");
        }
        Row row = found.getFirst();
        Optional<Change> changed = row.clock().set(row.status().id(), shares -> change.apply(row.clock(), shares));
        if (changed.isEmpty()) {
            return new Unknown("'" + named + "' has just ended");
        }
        return switch (changed.get()) {
            case Change.Changed _ ->
                new Done(find(row.id()).stream().findFirst().orElse(row));
            case Change.Refused refused -> new Refused(refused.refusal().text());
        };
    }

    /**
     * Ends all that is below an entity, or what it stands for itself.
     *
     * @param named as for {@link #set}
     * @return how much was ended; empty if nobody, or more than one, is called so
     */
    public OptionalInt cancel(String named) {
        List<Row> found = find(named);
        if (found.size() != 1) {
            return OptionalInt.empty();
        }
        Clock clock = found.getFirst().clock();
        Set<EntityId> meant = new HashSet<>(Set.of(found.getFirst().status().id()));
        Set<EntityId> parents = new HashSet<>();
        List<EntityStatus> below = new ArrayList<>();
        for (EntityStatus status : clock.status(true)) { // each after the one above it
            Optional<EntityId> parent = status.parent();
            if (meant.contains(status.id()) || parent.filter(meant::contains).isPresent()) {
                meant.add(status.id());
                parent.ifPresent(parents::add);
                below.add(status);
            }
        }
        return OptionalInt.of((int) below.stream()
                .filter(status -> !parents.contains(status.id()))
                .filter(clock::cancel)
                .count());
    }

    private List<Row> find(String named) {
        List<Row> rows = rows(true);
        for (Function<Row, String> way : List.<Function<Row, String>>of(
                Row::id,
                Row::path,
                row -> row.path().substring(row.clock().name().length() + 1))) {
            List<Row> found =
                    rows.stream().filter(row -> way.apply(row).equals(named)).toList();
            if (!found.isEmpty()) {
                return found;
            }
        }
        return List.of();
    }

    /**
     * Divides by another policy.
     *
     * @param clock one of them; empty for all, and those to come
     * @return whether there is such a clock
     */
    public boolean policy(Policy changed, String clock) {
        if (clock.isEmpty()) {
            policy = changed;
        }
        List<Clock> meant = list().stream()
                .filter(each -> clock.isEmpty() || each.name().equals(clock))
                .toList();
        meant.forEach(each -> each.policy(changed));
        return clock.isEmpty() || !meant.isEmpty();
    }
}
