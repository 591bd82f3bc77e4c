package telos.plans;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import telos.kernel.security.Label;

/** JSON pointers (RFC 6901) in which {@code *} stands for one index or key. */
final class Pointer {
    private Pointer() {}

    /** Its steps, or empty if the text is no pointer. */
    static Optional<List<String>> steps(String pointer) {
        if (pointer.isEmpty()) {
            return Optional.of(List.of());
        }
        if (pointer.charAt(0) != '/') {
            return Optional.empty();
        }
        List<String> steps = new ArrayList<>();
        for (String step : pointer.substring(1).split("/", -1)) {
            steps.add(step.replace("~1", "/").replace("~0", "~"));
        }
        return Optional.of(steps);
    }

    /** Whether the pointer names something in a datum. */
    static boolean matches(List<String> steps, Datum datum) {
        if (steps.isEmpty()) {
            return true;
        }
        String first = steps.getFirst();
        List<String> rest = steps.subList(1, steps.size());
        return switch (datum) {
            case Datum.Items(List<Datum> values) -> {
                for (int i = 0; i < values.size(); i++) {
                    if ((first.equals("*") || first.equals(Integer.toString(i))) && matches(rest, values.get(i))) {
                        yield true;
                    }
                }
                yield false;
            }
            case Datum.Fields fields -> {
                for (Map.Entry<String, Datum> each : fields.values().entrySet()) {
                    if ((first.equals("*") || first.equals(each.getKey())) && matches(rest, each.getValue())) {
                        yield true;
                    }
                }
                yield false;
            }
            default -> false;
        };
    }

    /** A pointer on its way down a datum: what is left of it, and what it gives to whatever it ends at. */
    record Trail(List<String> rest, Label label, boolean partly) {
        static List<Trail> of(Map<String, Label> labels) {
            List<Trail> trails = new ArrayList<>();
            labels.forEach(
                    (pointer, label) -> trails.add(new Trail(steps(pointer).orElseThrow(), label, false)));
            return trails;
        }

        /** Those that lead on through an index or a key. */
        static List<Trail> into(List<Trail> trails, String step) {
            if (trails.isEmpty()) {
                return trails;
            }
            List<Trail> on = new ArrayList<>();
            for (Trail each : trails) {
                if (!each.rest.isEmpty()
                        && (each.rest.getFirst().equals("*")
                                || each.rest.getFirst().equals(step))) {
                    on.add(new Trail(each.rest.subList(1, each.rest.size()), each.label, each.partly));
                }
            }
            return on;
        }

        /** Those that lead on through some index, where it is not told which. */
        static List<Trail> intoAny(List<Trail> trails) {
            List<Trail> on = new ArrayList<>();
            for (Trail each : trails) {
                if (!each.rest.isEmpty()) {
                    String first = each.rest.getFirst();
                    boolean one = !first.equals("*");
                    if (!one || first.chars().allMatch(Character::isDigit)) {
                        on.add(new Trail(each.rest.subList(1, each.rest.size()), each.label, each.partly || one));
                    }
                }
            }
            return on;
        }

        /** What may be, one step on, the label of something that is not there. */
        static Label inside(List<Trail> trails, Label inherited) {
            Label all = inherited;
            for (Trail each : trails) {
                if (each.rest.size() == 1) {
                    all = all.join(each.label);
                }
            }
            return all;
        }

        /** The label of where they are: that of those which end here, all of them, or else the inherited one. */
        static Label here(List<Trail> trails, Label inherited) {
            Label own = Label.BOTTOM;
            boolean found = false;
            for (Trail each : trails) {
                if (each.rest.isEmpty()) {
                    own = own.join(each.label);
                    found |= !each.partly;
                }
            }
            return found ? own : own.join(inherited);
        }
    }
}
