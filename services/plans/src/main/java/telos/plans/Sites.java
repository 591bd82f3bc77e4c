package telos.plans;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;
import telos.plans.values.Kind;
import telos.plans.values.Outline;
import telos.plans.values.Type;
import telos.plans.values.Value;

/**
 * What one walk has made at places of the plan: however often it comes by, it makes one thing there, or one for each frame
 * that it comes by in.
 */
@SuppressWarnings("IdentityHashMapUsage") // a place, a frame and a function are what they are
final class Sites {
    /** Times that what is known of one thing may grow; behind that less is known of it, so that it stops. */
    private static final int PATIENCE = 64;

    /**
     * A function that an iterator calls when elements are taken from it, and what it is called with elements of.
     *
     * @param gives whether what it gives is what the iterator gives
     */
    record Deferred(Shadow function, List<Shadow> over, boolean gives) {}

    /** A generator that a walk saw being made. */
    record Made(Comprehensions.Loops loops, Object up, Shadow first) {}

    private final Map<Object, Deferred> deferred = new IdentityHashMap<>(1);
    private final Map<Code, Map<Object, Walk.Place>> places = new IdentityHashMap<>(1);
    private final Map<Expr, Map<Object, Walk.Place>> inner = new IdentityHashMap<>(1);
    private final Map<Object, Map<Object, Closure>> closures = new IdentityHashMap<>(1);
    private final Map<Expr, Shadow> fallbacks = new IdentityHashMap<>(1);
    private final Map<Object, Made> generators = new IdentityHashMap<>(1);
    private final Map<Object, Shadow> types = new IdentityHashMap<>(1);
    private final Map<Object, Integer> growths = new IdentityHashMap<>(1);
    private final Set<Object> pulled = new HashSet<>();
    private boolean callingBuiltIn;
    private int left;
    private int version;

    int version() {
        return version;
    }

    /** An iterator was made there that calls a function later. */
    void defer(Object site, Shadow function, List<Shadow> over, boolean gives) {
        Deferred before = deferred.get(site);
        if (before == null || before.over().size() != over.size()) {
            deferred.put(site, new Deferred(function, over, gives));
            version++;
            return;
        }
        boolean news = !before.function().covers(function) || (gives && !before.gives());
        List<Shadow> all = new ArrayList<>();
        for (int i = 0; i < over.size(); i++) {
            Shadow known = before.over().get(i);
            news |= !known.covers(over.get(i));
            all.add(known.join(over.get(i)));
        }
        if (news) {
            if (isEndless(site)) {
                all.replaceAll(Sites::endless);
            }
            deferred.put(site, new Deferred(before.function().join(function), all, gives || before.gives()));
            version++;
        }
    }

    @Nullable
    Deferred deferred(Object site) {
        return deferred.get(site);
    }

    /** The frame of calls of a function that was made there; one for all, for no function calls itself. */
    Walk.Place place(Code code, Object up) {
        return places.computeIfAbsent(code, _ -> new IdentityHashMap<>(1))
                .computeIfAbsent(up, _ -> new Walk.Place(up, code, false));
    }

    /** The frame of a comprehension. */
    Walk.Place inside(Expr comprehension, Object up, Code code) {
        return inner.computeIfAbsent(comprehension, _ -> new IdentityHashMap<>(1))
                .computeIfAbsent(up, _ -> new Walk.Place(up, code, true));
    }

    /** The function that a definition makes in a frame, with the defaults that it can have. */
    Closure closure(Object site, Object frame, Code code, @Nullable Shadow[] defaults) {
        Map<Object, Closure> made = closures.computeIfAbsent(site, _ -> new IdentityHashMap<>(1));
        Closure known = made.get(frame);
        if (known == null) {
            known = new Closure(code, frame, new Value[defaults.length], defaults);
            made.put(frame, known);
            version++;
            return known;
        }
        for (int i = 0; i < defaults.length; i++) {
            Shadow before = known.shadows[i];
            Shadow now = defaults[i];
            if (before != null && now != null && !before.covers(now)) {
                Shadow both = before.join(now);
                known.shadows[i] = isEndless(known) ? endless(both) : both;
                version++;
            }
        }
        return known;
    }

    /** Whether it has grown so often that it may never stop. */
    private boolean isEndless(Object grown) {
        return growths.merge(grown, 1, Integer::sum) > PATIENCE;
    }

    private static Shadow endless(Shadow grown) {
        return grown.outlined(grown.outline().widened(Outline.NEVER)).unknown();
    }

    /** What a comprehension gives where it has no element. */
    void fallback(Expr site, Shadow shadow) {
        fallbacks.put(site, shadow);
    }

    Shadow fallback(Expr site) {
        return java.util.Objects.requireNonNull(fallbacks.get(site));
    }

    void made(Object site, Made generator) {
        Made before = generators.get(site);
        generators.put(
                site,
                before == null
                        ? generator
                        : new Made(
                                generator.loops(),
                                generator.up(),
                                before.first().join(generator.first())));
    }

    @Nullable
    Made made(Object site) {
        return generators.get(site);
    }

    /** The class that a definition makes, where all that it is made from is public. */
    Shadow type(Object site, Supplier<@Nullable Type> make) {
        return types.computeIfAbsent(site, _ -> {
            Type made = make.get();
            return made == null ? Shadow.of(Outline.of(Kind.TYPE, 8), Label.BOTTOM) : Shadow.known(new Value(made));
        });
    }

    /** Whether a generator is being asked what it gives. */
    boolean isPulling(Object generator) {
        return pulled.contains(generator);
    }

    /**
     * Says whether, from here on, what is built in is being called by an iterator; says what was said before.
     *
     * @see Generators#pulled
     */
    boolean callingBuiltIn(boolean now) {
        boolean before = callingBuiltIn;
        callingBuiltIn = now;
        return before;
    }

    boolean isCallingBuiltIn() {
        return callingBuiltIn;
    }

    /** What somebody takes of is left to whoever takes of what calls that. */
    void leaveToCaller() {
        left++;
    }

    /** How often that was. */
    int left() {
        return left;
    }

    void pulling(Object generator, boolean now) {
        if (now) {
            pulled.add(generator);
        } else {
            pulled.remove(generator);
        }
    }
}
