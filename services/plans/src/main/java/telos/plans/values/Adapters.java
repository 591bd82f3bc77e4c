package telos.plans.values;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import telos.kernel.security.Label;

/**
 * Iterators over iterators: what {@code map}, {@code filter}, {@code zip}, {@code enumerate} and {@code reversed} give.
 *
 * <p>This file is long because it has each of them, with what is known of it before it is asked.
 */
@SuppressWarnings("ReferenceEquality") // doing nothing is one object
final class Adapters {
    private Adapters() {}

    private abstract static class Over extends IteratorBox {
        final List<IteratorBox> parts;
        private final String name;
        private final int depth;
        private final int sourced;
        private Label told = Label.BOTTOM;

        Over(String name, List<IteratorBox> inner, Label reference) {
            this.depth = depthOver(inner);
            this.sourced = sourcedOver(inner);
            this.name = name;
            this.parts = inner;
            this.told = reference;
        }

        final void tell(Label label) {
            told = told.join(label);
        }

        /** Whichever of them ends first decides how many elements are taken of each. */
        final void share() {
            Label all = parts.size() > 1 ? control() : Label.BOTTOM;
            if (all != Label.BOTTOM) {
                parts.forEach(each -> each.decided(all));
            }
        }

        /** Whoever took this may stop there for what it is, and so takes no more of what it was made of. */
        final void gave(Label label) {
            if (label != Label.BOTTOM) {
                tell(label);
                parts.forEach(each -> each.decided(control()));
            }
        }

        /** Also where that fails, what it was decided by may decide what becomes of this. */
        final @Nullable Value taken(Context context, IteratorBox part) {
            try {
                return part.next(context);
            } catch (PlanFailure failure) {
                context.pulling(this);
                throw failure;
            }
        }

        @Override
        protected final int depth() {
            return depth;
        }

        @Override
        protected final int sourced() {
            return sourced;
        }

        @Override
        public final String name() {
            return name;
        }

        @Override
        public final Label control() {
            Label all = told.join(shape()).join(floor());
            for (int i = 0; i < parts.size(); i++) {
                all = all.join(parts.get(i).control());
            }
            return all;
        }

        @Override
        public final Iterable<Value> sources() {
            List<Value> all = new ArrayList<>();
            for (IteratorBox each : parts) {
                all.add(new Value(each));
            }
            Value function = function();
            if (function != null) {
                all.add(function);
            }
            all.addAll(wholes());
            return all;
        }

        /** What it goes over by itself, and by no other iterator. */
        List<Value> wholes() {
            return List.of();
        }

        @Override
        public final List<Outline> given() {
            return given(Sight.first());
        }

        final List<Outline> given(Sight sight) {
            List<Outline> all = new ArrayList<>();
            for (IteratorBox each : parts) {
                all.add(sight.part(each).elementOrNone());
            }
            return all;
        }

        @Override
        public boolean isPlain() {
            for (IteratorBox each : parts) {
                if (!each.isPlain()) {
                    return false;
                }
            }
            return true;
        }

        /** An element that this made: known as far as the whole is, where not everybody may know that there is one. */
        final Value made(Payload payload) {
            Label way = control();
            return way.isBottom()
                    ? new Value(payload)
                    : new Value(payload, way, outline().elementOrNone());
        }
    }

    static IteratorBox map(Value function, List<IteratorBox> inner) {
        return new Over("map", inner, Label.BOTTOM) {
            @Override
            public Value function() {
                return function;
            }

            @Override
            public @Nullable Value next(Context context) {
                Runnable pulled = context.pulling(this);
                List<Value> arguments = new ArrayList<>();
                boolean ended = false;
                for (int i = 0; i < inner.size() && !ended; i++) {
                    share();
                    Value value = taken(context, inner.get(i));
                    share();
                    ended = value == null;
                    if (value != null) {
                        arguments.add(value);
                    }
                }
                Runnable found = context.pulling(this);
                Value made = ended ? null : context.call(function, Arguments.of(arguments));
                if (made != null) {
                    made = made.raised(control());
                    gave(Labels.deep(made));
                }
                found.run();
                pulled.run();
                return made;
            }

            @Override
            Outline ahead(Sight sight) {
                Prospect called =
                        Calls.outline(sight::inside, Outline.of(function), given(sight), Map.of(), Adapters::anything);
                return Outline.holding(Kind.ITERATOR, shortest(sight, inner), called.result(), null)
                        .pulling(pulls(sight, inner).around().and(called.errors()));
            }

            @Override
            public boolean isPlain() {
                return false;
            }
        };
    }

    static IteratorBox filter(Value function, IteratorBox inner) {
        return new Over("filter", List.of(inner), function.label()) {
            @Override
            public @Nullable Value function() {
                return function.payload() == Nothing.NOTHING ? null : function;
            }

            @Override
            public @Nullable Value next(Context context) {
                List<Runnable> pulled = new ArrayList<>(1);
                pulled.add(context.pulling(this));
                Value found = found(context, pulled);
                pulled.reversed().forEach(Runnable::run);
                return found;
            }

            private @Nullable Value found(Context context, List<Runnable> pulled) {
                for (Value each = taken(context, inner); each != null; each = taken(context, inner)) {
                    context.steps(1);
                    Value verdict =
                            function.payload() == Nothing.NOTHING ? each : context.call(function, Arguments.of(each));
                    Value truth = Truths.of(verdict);
                    if (truth.label() != Label.BOTTOM) {
                        tell(truth.label());
                        inner.decided(control());
                        Runnable more = context.pulling(this);
                        if (more != Context.IDLE) {
                            pulled.add(more);
                        }
                    }
                    if (((Truth) truth.payload()).holds()) {
                        Label way = control();
                        return way.isBottom()
                                ? each
                                : new Value(
                                        each.payload(),
                                        each.label().join(way),
                                        inner.outline().elementOrNone());
                    }
                }
                return null;
            }

            @Override
            Outline ahead(Sight sight) {
                Outline tested = Outline.of(function).without(Kind.NONE);
                Errors errors = tested.isNever()
                        ? Errors.NONE
                        : Calls.outline(
                                        sight::inside,
                                        tested,
                                        List.of(sight.part(inner).elementOrNone()),
                                        Map.of(),
                                        Adapters::anything)
                                .errors();
                Outline part = sight.part(inner);
                return part.pulling(part.pulling().around().and(errors));
            }

            @Override
            public boolean isPlain() {
                return function.payload() == Nothing.NOTHING && super.isPlain();
            }

            @Override
            public boolean drops() {
                return true;
            }
        };
    }

    static IteratorBox zip(List<IteratorBox> inner, boolean strict) {
        return new Over("zip", inner, Label.BOTTOM) {
            @Override
            public @Nullable Value next(Context context) {
                if (inner.isEmpty()) {
                    return null;
                }
                Value[] row = new Value[inner.size()];
                for (int i = 0; i < row.length; i++) {
                    share();
                    Value part = inner.get(i).next(context);
                    share();
                    if (part == null) {
                        if (strict) {
                            check(context, i);
                        }
                        return null;
                    }
                    row[i] = part;
                }
                return made(Tuple.of(row));
            }

            private void check(Context context, int shorter) {
                if (shorter > 0) {
                    throw uneven(shorter, "shorter");
                }
                for (int i = 1; i < inner.size(); i++) {
                    if (inner.get(i).next(context) != null) {
                        throw uneven(i, "longer");
                    }
                }
            }

            private PlanFailure uneven(int at, String how) {
                String others = at == 1 ? "argument 1" : "arguments 1-" + at;
                return Fault.value("zip() argument " + (at + 1) + " is " + how + " than " + others)
                        .raised(control(), Label.BOTTOM);
            }

            @Override
            Outline ahead(Sight sight) {
                List<Outline> row = new ArrayList<>();
                for (IteratorBox each : inner) {
                    row.add(sight.part(each).elementOrNone());
                }
                return Outline.holding(
                                Kind.ITERATOR, inner.isEmpty() ? 0 : shortest(sight, inner), Outline.tuple(row), null)
                        .pulling(pulls(sight, inner).around().and(refusals()));
            }

            @Override
            public Errors refusals() {
                return strict ? Errors.VALUE : Errors.NONE;
            }

            @Override
            public boolean isPlain() {
                return !strict && super.isPlain();
            }
        };
    }

    static IteratorBox enumerate(IteratorBox inner, Value start) {
        return new Over("enumerate", List.of(inner), Label.BOTTOM) {
            private Value count = start;

            @Override
            public @Nullable Value next(Context context) {
                Value each = inner.next(context);
                if (each == null) {
                    return null;
                }
                Value at = count;
                count = BinaryOperation.ADD.apply(context, at, Value.of(1));
                return made(Tuple.of(at, each));
            }

            @Override
            Outline ahead(Sight sight) {
                Outline at = Outline.of(start).anyValue().union(Outline.whole(8));
                return Outline.holding(
                                Kind.ITERATOR,
                                sight.part(inner).extent(),
                                Outline.tuple(List.of(at, sight.part(inner).elementOrNone())),
                                null)
                        .pulling(sight.part(inner).pulling().around());
            }
        };
    }

    /** Over what has a length, backwards. A list is looked at as it is at each pull. */
    static IteratorBox reversed(Context context, Value of) {
        return switch (of.payload()) {
            case ListBox list ->
                new Over("list_reverseiterator", List.of(), of.label().join(list.shape())) {
                    private int at = list.size() - 1;

                    @Override
                    List<Value> wholes() {
                        return List.of(of);
                    }

                    @Override
                    public @Nullable Value next(Context context) {
                        tell(list.shape().join(context.pc()));
                        if (at < 0 || at >= list.size()) {
                            at = -1;
                            return null;
                        }
                        return list.read(list.raw().get(at--), control(), of);
                    }

                    @Override
                    Outline ahead(Sight sight) {
                        return Iterators.outline(sight.inside(of)).result();
                    }
                };
            case Span span -> {
                Whole last = span.length().sign() == 0
                        ? span.start()
                        : span.at(span.length().clamped() - 1);
                Whole before = Whole.of(span.start().big().subtract(span.step().big()));
                Span back = new Span(last, before, Whole.of(span.step().big().negate()));
                yield Iterators.of(
                        context, new Value(span.length().sign() == 0 ? span : back, of.label(), of.outline()));
            }
            case Tuple _, Text _, DictBox _, DictView _ -> {
                Lists.Collected all = Lists.collect(context, of);
                List<Value> backwards = all.elements().reversed();
                // What it gives may lie in a dictionary no longer.
                List<Value> wholes = new ArrayList<>(backwards);
                wholes.add(of);
                yield new Over("reversed", List.of(), of.label().join(all.control())) {
                    private int at;

                    @Override
                    List<Value> wholes() {
                        return wholes;
                    }

                    @Override
                    public @Nullable Value next(Context context) {
                        tell(context.pc());
                        return at < backwards.size() ? backwards.get(at++).raised(control()) : null;
                    }

                    @Override
                    Outline ahead(Sight sight) {
                        Outline left = Outline.NEVER;
                        for (Value each : backwards) {
                            left = left.union(sight.inside(each));
                        }
                        return Iterators.outline(sight.inside(of))
                                .result()
                                .union(Outline.holding(Kind.ITERATOR, backwards.size(), left, null));
                    }
                };
            }
            default -> throw Fault.type("'" + of.payload().type().name() + "' object is not reversible");
        };
    }

    /** What a function of the plan gives, and raises, only the interpreter's walk can tell, where elements are taken. */
    private static Prospect anything(Outline callee, List<Outline> arguments) {
        return new Prospect(Outline.ANY, Errors.NONE, null, true);
    }

    private static Pulls pulls(Sight sight, List<IteratorBox> inner) {
        Pulls all = Pulls.NONE;
        for (IteratorBox each : inner) {
            all = all.with(sight.part(each).pulling());
        }
        return all;
    }

    private static long shortest(Sight sight, List<IteratorBox> inner) {
        long least = Outline.UNBOUNDED;
        for (IteratorBox each : inner) {
            least = Math.min(least, sight.part(each).extent());
        }
        return least;
    }
}
