package telos.bench.injection;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Whoever is asked when a rule does not hold. */
@FunctionalInterface
interface Person {
    /** Agrees to whatever comes. */
    Person YES = _ -> true;

    /** Whether this call, with these arguments, is what the user wants. */
    boolean agrees(Task.Call call);

    /** Agrees to exactly these calls, to each as often as it is listed. */
    static Person to(Collection<Task.Call> wanted) {
        List<Task.Call> left = new ArrayList<>(wanted);
        return left::remove;
    }
}
