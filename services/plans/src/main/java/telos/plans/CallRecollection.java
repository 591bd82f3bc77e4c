package telos.plans;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import telos.plans.values.Builtin;
import telos.plans.values.Outline;
import telos.plans.values.Prospect;

/**
 * What calls of built-in functions may come to, as it was told for the last few of each. As with a {@link Recollection}: the
 * very same outlines, given in the same way, come to the same.
 */
@SuppressWarnings({"ReferenceEquality", "IdentityHashMapUsage"
}) // the same object is the quick way; equal ones take the slow one
final class CallRecollection {
    private static final int KEPT = 4;

    /** @param chosen whether a secret chose what the method is of */
    private record Told(boolean chosen, @Nullable Outline self, List<Outline> given, Prospect prospect) {
        boolean is(boolean asChosen, @Nullable Outline of, List<Outline> inOrder) {
            boolean alike = self == of || (self != null && of != null && self.says(of));
            if (chosen != asChosen || !alike || given.size() != inOrder.size()) {
                return false;
            }
            for (int i = 0; i < given.size(); i++) {
                if (!given.get(i).says(inOrder.get(i))) {
                    return false;
                }
            }
            return true;
        }
    }

    private static final class Last {
        final @Nullable Told[] kept = new Told[KEPT];
        int next;
    }

    private final Map<Builtin, Last> calls = new IdentityHashMap<>();

    Prospect of(
            Builtin builtin, boolean chosen, @Nullable Outline self, List<Outline> inOrder, Supplier<Prospect> tell) {
        Last last = calls.computeIfAbsent(builtin, _ -> new Last());
        for (Told each : last.kept) {
            if (each != null && each.is(chosen, self, inOrder)) {
                return each.prospect();
            }
        }
        Prospect prospect = tell.get();
        last.kept[last.next] = new Told(chosen, self, inOrder, prospect);
        last.next = (last.next + 1) % KEPT;
        return prospect;
    }
}
